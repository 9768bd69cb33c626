// Integer operations without memory.
#include "bench.cuh"

__global__ void __launch_bounds__(256) iterate(uint32_t* out, uint32_t key, int rounds) {
  const uint32_t i = blockIdx.x * blockDim.x + threadIdx.x;
  uint32_t h = wordAt(key, i);
  for (int round = 0; round < rounds; round++) h = scramble(h ^ i);
  out[i] = h;
}

int main(int argc, char** argv) {
  return bench(argc, argv, [](const Bench& bench) -> Plan {
    const uint64_t n = bench["n"];
    const int rounds = int(bench["rounds"]);
    const uint32_t key = bench.key(0);
    uint32_t* out = bench.scratch(n);
    return {out, n, [=](Stream stream) { launch(iterate, dim3(unsigned(n / 256)), dim3(256), stream, out, key, rounds); }};
  });
}
