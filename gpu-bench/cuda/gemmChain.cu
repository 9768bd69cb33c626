// The kernel of the proof of physical work: exact products whose bytes are the next right side.
#include "tensorGemm.cuh"

int main(int argc, char** argv) {
  return bench(argc, argv, [](const Bench& bench) -> Plan {
    const int n = int(bench["n"]), steps = int(bench["steps"]);
    const uint64_t words = uint64_t(n) * n;
    uint32_t *a = bench.input(0, words / 4, Kind::int8), *b = bench.input(1, words / 4, Kind::int8);
    uint32_t *even = bench.scratch(words / 4), *odd = bench.scratch(words / 4), *out = bench.scratch(words);
    return {out, words, [=](Stream stream) {
              for (int step = 0; step < steps; step++)
                tensor::enqueue<tensor::Int8>(stream, a, step == 0 ? b : step % 2 == 0 ? even : odd, out, step % 2 == 0 ? odd : even, n);
            }};
  });
}
