// Tiles of 128 x 128 and 8 along k, a thread 8 x 8 of them, on the ordinary lanes. n is a multiple of 128.
#include "cublas.cuh"

__global__ void __launch_bounds__(256) product(const float* __restrict__ a, const float* __restrict__ b, float* out, int n) {
  __shared__ __attribute__((aligned(16))) float rows[8][132];
  __shared__ __attribute__((aligned(16))) float columns[8][132];
  const int t = threadIdx.x, line = t / 2, part = t % 2 * 4, x = t % 16, y = t / 16;
  const float* aLine = a + (size_t(blockIdx.y) * 128 + line) * n + part;
  const float* bLine = b + (size_t(blockIdx.x) * 128 + line) * n + part;
  float sum[8][8] = {};
  for (int k = 0; k < n; k += 8) {
    const float4 av = *reinterpret_cast<const float4*>(aLine + k), bv = *reinterpret_cast<const float4*>(bLine + k);
    __syncthreads();
    rows[part][line] = av.x, rows[part + 1][line] = av.y, rows[part + 2][line] = av.z, rows[part + 3][line] = av.w;
    columns[part][line] = bv.x, columns[part + 1][line] = bv.y, columns[part + 2][line] = bv.z, columns[part + 3][line] = bv.w;
    __syncthreads();
#pragma unroll
    for (int inner = 0; inner < 8; inner++) {
      float left[8], right[8];
      // Two runs of four, 64 apart: neighbours read neighbouring banks.
#pragma unroll
      for (int i = 0; i < 8; i++) {
        left[i] = rows[inner][i / 4 * 64 + y * 4 + i % 4];
        right[i] = columns[inner][i / 4 * 64 + x * 4 + i % 4];
      }
#pragma unroll
      for (int i = 0; i < 8; i++)
#pragma unroll
        for (int j = 0; j < 8; j++) sum[i][j] += left[i] * right[j];
    }
  }
#pragma unroll
  for (int i = 0; i < 8; i++)
#pragma unroll
    for (int j = 0; j < 8; j++)
      out[(size_t(blockIdx.y) * 128 + i / 4 * 64 + y * 4 + i % 4) * n + blockIdx.x * 128 + j / 4 * 64 + x * 4 + j % 4] = sum[i][j];
}

int main(int argc, char** argv) {
  return bench(argc, argv, [](const Bench& bench) -> Plan {
    const int n = int(bench["n"]);
    const uint64_t words = uint64_t(n) * n;
    const uint32_t *a = bench.input(0, words, Kind::f32), *b = bench.input(1, words, Kind::f32);
    uint32_t* out = bench.scratch(words);
    if (bench.variant() == "cublas") return {out, words, cublasProduct(bench, a, b, out, n, cublasF32)};
    return {out, words, [=](Stream stream) {
              launch(product, dim3(n / 128, n / 128), dim3(256), stream, reinterpret_cast<const float*>(a), reinterpret_cast<const float*>(b),
                     reinterpret_cast<float*>(out), n);
            }};
  });
}
