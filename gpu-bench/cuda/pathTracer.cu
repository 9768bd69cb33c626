// The scene of references/pathTracer.ts, a thread a pixel.
#include "bench.cuh"

struct Vector {
  float x, y, z;
};
__device__ __forceinline__ Vector plus(Vector a, Vector b, float scale) { return {a.x + scale * b.x, a.y + scale * b.y, a.z + scale * b.z}; }
__device__ __forceinline__ float dot(Vector a, Vector b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
__device__ __forceinline__ Vector normalized(Vector a) {
  const float inverse = rsqrtf(dot(a, a));
  return {a.x * inverse, a.y * inverse, a.z * inverse};
}

struct Random {
  uint32_t key, count;
  __device__ float draw() { return float(scramble(key + count++) >> 8) / 16777216.0f; }
};

__device__ inline float4 trace(Vector direction, Random& random) {
  const float balls[4][4] = {{0, -101, -4, 100}, {-1.25f, 0, -4, 1}, {1.25f, 0, -4, 1}, {0, 1.5f, -5, 1}};
  const float shade[4][3] = {{0.5f, 0.5f, 0.5f}, {0.75f, 0.25f, 0.25f}, {0.25f, 0.75f, 0.25f}, {0.25f, 0.25f, 0.75f}};
  Vector origin = {0, 0, 0}, weight = {1, 1, 1};
  for (int bounce = 0; bounce <= 4; bounce++) {
    int ball = -1;
    float distance = 1e9f;
#pragma unroll
    for (int index = 0; index < 4; index++) {
      const Vector to = {balls[index][0] - origin.x, balls[index][1] - origin.y, balls[index][2] - origin.z};
      const float along = dot(to, direction);
      const Vector off = plus(to, direction, -along);
      const float inside = balls[index][3] * balls[index][3] - dot(off, off);
      if (inside <= 0) continue;
      const float hit = along - sqrtf(inside);
      if (hit > 0.001f && hit < distance) ball = index, distance = hit;
    }
    if (ball < 0) {
      const float light = 1 + 0.5f * direction.y;
      return make_float4(weight.x * light, weight.y * light, weight.z * light, 1);
    }
    origin = plus(origin, direction, distance);
    const float radius = balls[ball][3];
    const Vector normal = {(origin.x - balls[ball][0]) / radius, (origin.y - balls[ball][1]) / radius, (origin.z - balls[ball][2]) / radius};
    weight = {weight.x * shade[ball][0], weight.y * shade[ball][1], weight.z * shade[ball][2]};
    const float z = 1 - 2 * random.draw(), angle = 6.2831855f * random.draw(), ring = sqrtf(fmaxf(0, 1 - z * z));
    direction = normalized(plus({ring * cosf(angle), ring * sinf(angle), z}, normal, 1.001f));
  }
  return make_float4(0, 0, 0, 0);
}

__global__ void __launch_bounds__(64) render(float4* out, uint32_t key, int width, int height, int samples) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= width * height) return;
  const uint32_t pixel = wordAt(key, i);
  float4 sum = make_float4(0, 0, 0, 0);
  for (int sample = 0; sample < samples; sample++) {
    Random random = {scramble(pixel + uint32_t(sample) * 0x9e3779b9u), 0};
    const float x = (float(i % width) + random.draw() - 0.5f * float(width)) / float(height);
    const float y = (0.5f * float(height) - float(i / width) - random.draw()) / float(height);
    const float4 light = trace(normalized({x, y, -1}), random);
    sum.x += light.x;
    sum.y += light.y;
    sum.z += light.z;
    sum.w += light.w;
  }
  const float count = float(samples);
  out[i] = make_float4(sum.x / count, sum.y / count, sum.z / count, sum.w / count);
}

int main(int argc, char** argv) {
  return bench(argc, argv, [](const Bench& bench) -> Plan {
    const int width = int(bench["width"]), height = int(bench["height"]), samples = int(bench["samples"]);
    const uint64_t words = uint64_t(width) * height * 4;
    const uint32_t key = bench.key(0);
    uint32_t* out = bench.scratch(words);
    const dim3 grid((width * height + 63) / 64);
    return {out, words, [=](Stream stream) { launch(render, grid, dim3(64), stream, reinterpret_cast<float4*>(out), key, width, height, samples); }};
  });
}
