// Causal attention on tensor cores with the softmax as it goes (after FlashAttention-2, Dao 2023): 64 queries a block, 16 a warp, held in
// registers; 32 keys and values at a time in shared memory. The probabilities of one product are the left side of the next.
#include "tensorGemm.cuh"

constexpr int keysPerTile = 32, rowWords = 64, keyStride = 68, valueStride = 20;

__device__ __forceinline__ uint32_t packed(float first, float second) {
  // Rounded to nearest, ties to even; no NaN comes here.
  const uint32_t a = __float_as_uint(first), b = __float_as_uint(second);
  return ((a + 0x7fffu + ((a >> 16) & 1)) >> 16) | ((b + 0x7fffu + ((b >> 16) & 1)) & 0xffff0000u);
}
__device__ __forceinline__ float quadMax(float value) {
  for (int mask = 1; mask < 4; mask *= 2) {
    const float other = __shfl_xor_sync(0xffffffffu, value, mask);
    value = other > value ? other : value;
  }
  return value;
}

__global__ void __launch_bounds__(128) attend(const uint32_t* __restrict__ q, const uint32_t* __restrict__ k, const uint32_t* __restrict__ v, float* out, int seq) {
  __shared__ __attribute__((aligned(16))) uint32_t keys[keysPerTile * keyStride];
  // Values by columns: two neighbouring keys to a word.
  __shared__ __attribute__((aligned(16))) uint32_t values[128 * valueStride];
  const int t = threadIdx.x, warp = t / 32, g = t % 32 / 4, c = t % 4;
  const size_t head = size_t(blockIdx.y) * seq;
  // The last blocks have the most keys, so they begin first.
  const int first = (int(gridDim.x) - 1 - int(blockIdx.x)) * 64, row = first + warp * 16 + g;
  uint32_t query[8][4];
#pragma unroll
  for (int d = 0; d < 8; d++) {
    const uint32_t* at = q + (head + row) * rowWords + 8 * d + c;
    query[d][0] = at[0];
    query[d][1] = at[8 * rowWords];
    query[d][2] = at[4];
    query[d][3] = at[8 * rowWords + 4];
  }
  float sum[16][4] = {}, most[2] = {-1e30f, -1e30f}, weight[2] = {0, 0};
  for (int block = 0; block < first + 64; block += keysPerTile) {
    __syncthreads();
    for (int i = t; i < keysPerTile * 16; i += 128)
      tensor::copy16(keys + i / 16 * keyStride + i % 16 * 4, k + (head + block + i / 16) * rowWords + i % 16 * 4);
    tensor::commit();
    for (int i = t; i < keysPerTile / 2 * rowWords; i += 128) {
      const int pair = i / rowWords, d = i % rowWords;
      const uint32_t even = v[(head + block + 2 * pair) * rowWords + d], odd = v[(head + block + 2 * pair + 1) * rowWords + d];
      values[(2 * d) * valueStride + pair] = (even & 0xffffu) | (odd << 16);
      values[(2 * d + 1) * valueStride + pair] = (even >> 16) | (odd & 0xffff0000u);
    }
    tensor::await<0>();
    __syncthreads();
    float score[4][4] = {};
#pragma unroll
    for (int j = 0; j < 4; j++)
#pragma unroll
      for (int d = 0; d < 8; d++) {
        const uint32_t* key = &keys[(8 * j + g) * keyStride + 8 * d + c];
        const uint32_t right[2] = {key[0], key[4]};
        tensor::mma(score[j], query[d], right);
      }
    float highest[2] = {most[0], most[1]};
#pragma unroll
    for (int j = 0; j < 4; j++)
#pragma unroll
      for (int e = 0; e < 4; e++) {
        const bool isSeen = block + 8 * j + 2 * c + e % 2 <= row + e / 2 * 8;
        score[j][e] = isSeen ? score[j][e] * 0.08838834764831845f : -1e30f;
        highest[e / 2] = score[j][e] > highest[e / 2] ? score[j][e] : highest[e / 2];
      }
    float scale[2];
#pragma unroll
    for (int r = 0; r < 2; r++) {
      highest[r] = quadMax(highest[r]);
      scale[r] = __expf(most[r] - highest[r]);
      most[r] = highest[r];
      weight[r] *= scale[r];
    }
#pragma unroll
    for (int j = 0; j < 4; j++)
#pragma unroll
      for (int e = 0; e < 4; e++) {
        score[j][e] = __expf(score[j][e] - most[e / 2]);
        weight[e / 2] += score[j][e];
      }
#pragma unroll
    for (int d = 0; d < 16; d++)
#pragma unroll
      for (int e = 0; e < 4; e++) sum[d][e] *= scale[e / 2];
#pragma unroll
    for (int half = 0; half < 2; half++) {
      const uint32_t left[4] = {packed(score[2 * half][0], score[2 * half][1]), packed(score[2 * half][2], score[2 * half][3]),
                                packed(score[2 * half + 1][0], score[2 * half + 1][1]), packed(score[2 * half + 1][2], score[2 * half + 1][3])};
#pragma unroll
      for (int d = 0; d < 16; d++) {
        const uint32_t* value = &values[(8 * d + g) * valueStride + 8 * half + c];
        const uint32_t right[2] = {value[0], value[4]};
        tensor::mma(sum[d], left, right);
      }
    }
  }
#pragma unroll
  for (int r = 0; r < 2; r++)
    for (int mask = 1; mask < 4; mask *= 2) weight[r] += __shfl_xor_sync(0xffffffffu, weight[r], mask);
#pragma unroll
  for (int d = 0; d < 16; d++)
#pragma unroll
    for (int e = 0; e < 4; e++) out[(head + row + e / 2 * 8) * 128 + 8 * d + 2 * c + e % 2] = sum[d][e] / weight[e / 2];
}

int main(int argc, char** argv) {
  return bench(argc, argv, [](const Bench& bench) -> Plan {
    const int heads = int(bench["heads"]), seq = int(bench["seq"]);
    const uint64_t words = uint64_t(heads) * seq * 64;
    const uint32_t *q = bench.input(0, words, Kind::bf16), *k = bench.input(1, words, Kind::bf16), *v = bench.input(2, words, Kind::bf16);
    uint32_t* out = bench.scratch(2 * words);
    return {out, 2 * words,
            [=](Stream stream) { launch(attend, dim3(seq / 64, heads), dim3(128), stream, q, k, v, reinterpret_cast<float*>(out), seq); }};
  });
}
