// All pairs, 256 bodies at a time in shared memory. n is a multiple of 256.
#include "bench.cuh"

__global__ void __launch_bounds__(256) pull(const float4* __restrict__ bodies, float4* out, int n) {
  __shared__ float4 tile[256];
  const int i = blockIdx.x * 256 + threadIdx.x;
  const float4 here = bodies[i];
  float4 felt = make_float4(0, 0, 0, 0);
  for (int first = 0; first < n; first += 256) {
    tile[threadIdx.x] = bodies[first + threadIdx.x];
    __syncthreads();
#pragma unroll 8
    for (int j = 0; j < 256; j++) {
      const float x = tile[j].x - here.x, y = tile[j].y - here.y, z = tile[j].z - here.z;
      const float inverse = rsqrtf(x * x + y * y + z * z + 0.015625f);
      const float m = (0.5f * tile[j].w + 0.5f) * inverse, p = m * inverse * inverse;
      felt.x += p * x;
      felt.y += p * y;
      felt.z += p * z;
      felt.w += m;
    }
    __syncthreads();
  }
  out[i] = felt;
}

int main(int argc, char** argv) {
  return bench(argc, argv, [](const Bench& bench) -> Plan {
    const int n = int(bench["n"]);
    const auto* bodies = reinterpret_cast<const float4*>(bench.input(0, uint64_t(n) * 4, Kind::f32));
    uint32_t* out = bench.scratch(uint64_t(n) * 4);
    return {out, uint64_t(n) * 4, [=](Stream stream) { launch(pull, dim3(n / 256), dim3(256), stream, bodies, reinterpret_cast<float4*>(out), n); }};
  });
}
