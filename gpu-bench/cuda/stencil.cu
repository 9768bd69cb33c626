// Seven points; a thread a column of 16 points along z, so that two of three neighbours along it stay in registers.
#include "bench.cuh"

constexpr int depth = 16;

__global__ void __launch_bounds__(256) step(const float* __restrict__ u, float* out, int n) {
  const int x = blockIdx.x * 64 + threadIdx.x, y = blockIdx.y * 4 + threadIdx.y, bottom = blockIdx.z * depth;
  if (x >= n || y >= n) return;
  const size_t plane = size_t(n) * n;
  size_t i = bottom * plane + size_t(y) * n + x;
  float below = bottom > 0 ? u[i - plane] : 0, here = u[i];
  const int top = bottom + depth < n ? bottom + depth : n;
  for (int z = bottom; z < top; z++, i += plane) {
    const float above = z < n - 1 ? u[i + plane] : 0;
    const bool isFace = x == 0 || y == 0 || z == 0 || x == n - 1 || y == n - 1 || z == n - 1;
    out[i] = isFace ? here : 0.5f * here + 0.083333336f * (u[i - 1] + u[i + 1] + u[i - n] + u[i + n] + below + above);
    below = here;
    here = above;
  }
}

int main(int argc, char** argv) {
  return bench(argc, argv, [](const Bench& bench) -> Plan {
    const int n = int(bench["n"]);
    const uint64_t points = uint64_t(n) * n * n;
    const auto* u = reinterpret_cast<const float*>(bench.input(0, points, Kind::f32));
    uint32_t* out = bench.scratch(points);
    const dim3 grid((n + 63) / 64, (n + 3) / 4, (n + depth - 1) / depth);
    return {out, points, [=](Stream stream) { launch(step, grid, dim3(64, 4), stream, u, reinterpret_cast<float*>(out), n); }};
  });
}
