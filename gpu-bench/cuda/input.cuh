// Inputs as input.ts makes them, and the digest of an output as check.ts does.
#pragma once
#include <cstdint>
#ifdef DEPINLAB_HOST
#include "host.cuh"
#endif

enum class Kind { words, f32, bf16, int8, constant };

__device__ __forceinline__ uint32_t scramble(uint32_t h) {
  h = (h ^ (h >> 16)) * 0x85ebca6bu;
  h = (h ^ (h >> 13)) * 0xc2b2ae35u;
  return h ^ (h >> 16);
}
__device__ __forceinline__ uint32_t wordAt(uint32_t key, uint32_t index) { return scramble(scramble(index) ^ key); }
__device__ __forceinline__ uint32_t unitBits(uint32_t word) { return __float_as_uint(float(word >> 8) / 8388608.0f - 1.0f); }
__device__ __forceinline__ float low(uint32_t pair) { return __uint_as_float(pair << 16); }
__device__ __forceinline__ float high(uint32_t pair) { return __uint_as_float(pair & 0xffff0000u); }

__global__ void fill(uint32_t* out, uint32_t key, uint64_t words, Kind kind) {
  for (uint64_t i = uint64_t(blockIdx.x) * blockDim.x + threadIdx.x; i < words; i += uint64_t(gridDim.x) * blockDim.x) {
    const uint32_t at = uint32_t(i);
    switch (kind) {
      case Kind::words: out[i] = wordAt(key, at); break;
      case Kind::f32: out[i] = unitBits(wordAt(key, at)); break;
      case Kind::bf16: out[i] = (unitBits(wordAt(key, 2 * at)) >> 16) | (unitBits(wordAt(key, 2 * at + 1)) & 0xffff0000u); break;
      case Kind::int8:
        out[i] = (wordAt(key, 4 * at) & 255) | ((wordAt(key, 4 * at + 1) & 255) << 8) | ((wordAt(key, 4 * at + 2) & 255) << 16) |
                 (wordAt(key, 4 * at + 3) << 24);
        break;
      case Kind::constant: out[i] = key; break;
    }
  }
}

__global__ void digest(const uint32_t* data, uint64_t words, uint32_t* sums) {
  uint32_t first = 0, second = 0;
  for (uint64_t i = uint64_t(blockIdx.x) * blockDim.x + threadIdx.x; i < words; i += uint64_t(gridDim.x) * blockDim.x) {
    const uint32_t place = scramble(uint32_t(i));
    first += scramble(data[i] ^ place);
    second += scramble(data[i] + place);
  }
  atomicAdd(&sums[0], first);
  atomicAdd(&sums[1], second);
}

__global__ void gather(const uint32_t* data, const uint32_t* places, uint32_t* out, uint32_t count) {
  const uint32_t i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < count) out[i] = data[places[i]];
}
