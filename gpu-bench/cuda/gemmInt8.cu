// The product in int8 by cuBLAS, and by our kernel on tensor cores.
#include "cublas.cuh"
#include "tensorGemm.cuh"

int main(int argc, char** argv) {
  return bench(argc, argv, [](const Bench& bench) -> Plan {
    const int n = int(bench["n"]);
    const uint64_t words = uint64_t(n) * n;
    const uint32_t *a = bench.input(0, words / 4, Kind::int8), *b = bench.input(1, words / 4, Kind::int8);
    uint32_t* out = bench.scratch(words);
    if (bench.variant() == "cublas") return {out, words, cublasProduct(bench, a, b, out, n, cublasInt8)};
    return {out, words, [=](Stream stream) { tensor::enqueue<tensor::Int8>(stream, a, b, out, nullptr, n); }};
  });
}
