// a = b + 0.4 c, four numbers a thread and a grid that strides.
#include "bench.cuh"

__global__ void __launch_bounds__(256) triad(const float4* __restrict__ b, const float4* __restrict__ c, float4* out, uint64_t fours) {
  for (uint64_t i = uint64_t(blockIdx.x) * blockDim.x + threadIdx.x; i < fours; i += uint64_t(gridDim.x) * blockDim.x) {
    const float4 x = b[i], y = c[i];
    out[i] = make_float4(x.x + 0.4f * y.x, x.y + 0.4f * y.y, x.z + 0.4f * y.z, x.w + 0.4f * y.w);
  }
}

int main(int argc, char** argv) {
  return bench(argc, argv, [](const Bench& bench) -> Plan {
    const uint64_t n = bench["n"], fours = n / 4;
    const auto* b = reinterpret_cast<const float4*>(bench.input(0, n, Kind::f32));
    const auto* c = reinterpret_cast<const float4*>(bench.input(1, n, Kind::f32));
    uint32_t* out = bench.scratch(n);
    const dim3 grid{unsigned(std::min<uint64_t>((fours + 255) / 256, 1u << 20))};
    return {out, n, [=](Stream stream) { launch(triad, grid, dim3(256), stream, b, c, reinterpret_cast<float4*>(out), fours); }};
  });
}
