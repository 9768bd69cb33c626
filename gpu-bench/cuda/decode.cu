// One step of decoding: a matrix in bf16 read once for the whole batch, and attention over cached keys and values in splits of 256.
#include "bench.cuh"

constexpr int batchMax = 8;

__device__ __forceinline__ float warpSum(float value) {
  for (int mask = 16; mask > 0; mask /= 2) value += __shfl_xor_sync(0xffffffffu, value, mask);
  return value;
}

/** A warp a row; eight numbers a load. */
__global__ void __launch_bounds__(256) product(const uint4* __restrict__ weights, const float4* __restrict__ x, float* out, int rows, int cols, int batch) {
  const int row = blockIdx.x * 8 + threadIdx.x / 32, lane = threadIdx.x % 32, fours = cols / 8;
  float sums[batchMax] = {};
  for (int k = lane; k < fours; k += 32) {
    const uint4 w = weights[size_t(row) * fours + k];
#pragma unroll
    for (int b = 0; b < batchMax; b++)
      if (b < batch) {
        const float4 first = x[(size_t(b) * fours + k) * 2], second = x[(size_t(b) * fours + k) * 2 + 1];
        sums[b] += low(w.x) * first.x + high(w.x) * first.y + low(w.y) * first.z + high(w.y) * first.w + low(w.z) * second.x +
                   high(w.z) * second.y + low(w.w) * second.z + high(w.w) * second.w;
      }
  }
#pragma unroll
  for (int b = 0; b < batchMax; b++)
    if (b < batch) {
      const float sum = warpSum(sums[b]);
      if (lane == 0) out[size_t(b) * rows + row] = sum;
    }
}

/** A split of one row of attention: 128 numbers, the maximum, the weight. */
__global__ void __launch_bounds__(256) attend(const float2* __restrict__ queries, const uint32_t* __restrict__ keys, const uint32_t* __restrict__ values,
                                              float* partial, int context) {
  __shared__ float score[256];
  __shared__ float2 part[4][64];
  __shared__ float edge[2];
  const int t = threadIdx.x, warp = t / 32, lane = t % 32;
  const size_t first = size_t(blockIdx.y) * context + blockIdx.x * 256;
  const float2 q0 = queries[blockIdx.y * 64 + lane], q1 = queries[blockIdx.y * 64 + 32 + lane];
  // A warp a key: its 64 words lie side by side.
  for (int k = warp; k < 256; k += 8) {
    const uint32_t *key = keys + (first + k) * 64, k0 = key[lane], k1 = key[32 + lane];
    const float sum = warpSum(low(k0) * q0.x + high(k0) * q0.y + low(k1) * q1.x + high(k1) * q1.y);
    if (lane == 0) score[k] = sum * 0.08838834764831845f;
  }
  __syncthreads();
  if (warp == 0) {
    float most = -1e30f;
    for (int k = lane; k < 256; k += 32) most = score[k] > most ? score[k] : most;
    for (int mask = 16; mask > 0; mask /= 2) {
      const float other = __shfl_xor_sync(0xffffffffu, most, mask);
      most = other > most ? other : most;
    }
    float sum = 0;
    for (int k = lane; k < 256; k += 32) {
      score[k] = __expf(score[k] - most);
      sum += score[k];
    }
    sum = warpSum(sum);
    if (lane == 0) edge[0] = most, edge[1] = sum;
  }
  __syncthreads();
  const int d = t % 64, quarter = t / 64;
  float2 value = make_float2(0, 0);
  for (int k = quarter; k < 256; k += 4) {
    const uint32_t pair = values[(first + k) * 64 + d];
    value.x += score[k] * low(pair);
    value.y += score[k] * high(pair);
  }
  part[quarter][d] = value;
  __syncthreads();
  float* target = partial + (size_t(blockIdx.y) * gridDim.x + blockIdx.x) * 130;
  if (t < 64) {
    target[2 * t] = part[0][t].x + part[1][t].x + part[2][t].x + part[3][t].x;
    target[2 * t + 1] = part[0][t].y + part[1][t].y + part[2][t].y + part[3][t].y;
  }
  if (t < 2) target[128 + t] = edge[t];
}

__global__ void __launch_bounds__(128) combine(const float* partial, float* out, int splits) {
  const float* first = partial + size_t(blockIdx.x) * splits * 130;
  float most = first[128];
  for (int s = 1; s < splits; s++) most = first[s * 130 + 128] > most ? first[s * 130 + 128] : most;
  float value = 0, weight = 0;
  for (int s = 0; s < splits; s++) {
    const float scale = __expf(first[s * 130 + 128] - most);
    value += scale * first[s * 130 + threadIdx.x];
    weight += scale * first[s * 130 + 129];
  }
  out[size_t(blockIdx.x) * 128 + threadIdx.x] = value / weight;
}

int main(int argc, char** argv) {
  return bench(argc, argv, [](const Bench& bench) -> Plan {
    const int rows = int(bench["rows"]), cols = int(bench["cols"]), batch = int(bench["batch"]), context = int(bench["context"]);
    const int all = batch * int(bench["heads"]), splits = context / 256;
    if (batch > batchMax) stop(1, "a batch of more than 8 is not decoding from memory any more");
    const auto* weights = reinterpret_cast<const uint4*>(bench.input(0, uint64_t(rows) * cols / 2, Kind::bf16));
    const auto* x = reinterpret_cast<const float4*>(bench.input(1, uint64_t(batch) * cols, Kind::f32));
    const auto* queries = reinterpret_cast<const float2*>(bench.input(2, uint64_t(all) * 128, Kind::f32));
    const uint32_t* keys = bench.input(3, uint64_t(all) * context * 64, Kind::bf16);
    const uint32_t* values = bench.input(4, uint64_t(all) * context * 64, Kind::bf16);
    const uint64_t words = uint64_t(batch) * rows + uint64_t(all) * 128;
    uint32_t* out = bench.scratch(words);
    auto* partial = reinterpret_cast<float*>(bench.scratch(uint64_t(all) * splits * 130));
    auto* result = reinterpret_cast<float*>(out);
    return {out, words, [=](Stream stream) {
              launch(product, dim3(rows / 8), dim3(256), stream, weights, x, result, rows, cols, batch);
              launch(attend, dim3(splits, all), dim3(256), stream, queries, keys, values, partial, context);
              launch(combine, dim3(all), dim3(128), stream, partial, result + size_t(batch) * rows, splits);
            }};
  });
}
