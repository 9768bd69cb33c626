// Eight rotations a thread: multiply-adds without memory.
#include "bench.cuh"

__global__ void __launch_bounds__(256) rotate(const float* __restrict__ data, float* out, int rounds) {
  const uint32_t i = blockIdx.x * blockDim.x + threadIdx.x;
  float x[8], y[8];
#pragma unroll
  for (int p = 0; p < 8; p++) x[p] = data[i], y[p] = 1;
  for (int round = 0; round < rounds; round++) {
#pragma unroll
    for (int p = 0; p < 8; p++) x[p] = fmaf(-(p + 1) / 16.0f, y[p], x[p]);
#pragma unroll
    for (int p = 0; p < 8; p++) y[p] = fmaf((p + 1) / 16.0f, x[p], y[p]);
  }
  float sum = 0;
#pragma unroll
  for (int p = 0; p < 8; p++) sum += x[p] + y[p];
  out[i] = sum;
}

int main(int argc, char** argv) {
  return bench(argc, argv, [](const Bench& bench) -> Plan {
    const uint64_t n = bench["n"];
    const int rounds = int(bench["rounds"]);
    const auto* data = reinterpret_cast<const float*>(bench.input(0, n, Kind::f32));
    uint32_t* out = bench.scratch(n);
    return {out, n, [=](Stream stream) { launch(rotate, dim3(unsigned(n / 256)), dim3(256), stream, data, reinterpret_cast<float*>(out), rounds); }};
  });
}
