// CUDA's words on a processor, one block after the other and its threads as fibres, so that `g++ -x c++` runs every kernel of this
// folder without a GPU and its answers are checked. Only what these kernels use is here. Nothing is timed.
#pragma once
#include <ucontext.h>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <tuple>
#include <vector>

#define __global__
#define __device__
#define __forceinline__ inline
#define __shared__ static
#define __launch_bounds__(...)
#define __restrict__

struct dim3 {
  unsigned x, y, z;
  dim3(unsigned x = 1, unsigned y = 1, unsigned z = 1) : x(x), y(y), z(z) {}
};
struct uint4 { unsigned x, y, z, w; };
struct float2 { float x, y; };
struct float4 { float x, y, z, w; };
inline float4 make_float4(float x, float y, float z, float w) { return {x, y, z, w}; }
inline float2 make_float2(float x, float y) { return {x, y}; }

namespace host {
enum class State { runs, waitsForWarp, waitsForBlock, isDone };
struct Fibre {
  ucontext_t context;
  std::unique_ptr<char[]> stack;
  unsigned index;
  State state;
};
inline dim3 grid, block, blockAt;
inline std::vector<Fibre> fibres;
inline ucontext_t scheduler;
inline Fibre* current;
inline std::function<void()> body;
/** What the threads of a warp hand to each other. */
inline std::vector<uint32_t> warpWords;

inline void start() {
  body();
  current->state = State::isDone;
  swapcontext(&current->context, &scheduler);
}
inline void wait(State state) {
  current->state = state;
  swapcontext(&current->context, &scheduler);
}
/** Lets threads [from, to) go on when every one that is not done waits for the same. */
inline void release(unsigned from, unsigned to, State awaited) {
  for (unsigned t = from; t < to; t++)
    if (fibres[t].state != awaited && fibres[t].state != State::isDone) return;
  for (unsigned t = from; t < to; t++)
    if (fibres[t].state == awaited) fibres[t].state = State::runs;
}

template <class Body>
void launch(dim3 gridSize, dim3 blockSize, Body run) {
  grid = gridSize;
  block = blockSize;
  const unsigned threads = blockSize.x * blockSize.y * blockSize.z;
  body = run;
  fibres.resize(threads);
  warpWords.assign(threads * 8, 0);
  for (unsigned z = 0; z < gridSize.z; z++)
    for (unsigned y = 0; y < gridSize.y; y++)
      for (unsigned x = 0; x < gridSize.x; x++) {
        blockAt = dim3(x, y, z);
        for (unsigned t = 0; t < threads; t++) {
          Fibre& one = fibres[t];
          if (!one.stack) one.stack.reset(new char[128 * 1024]);
          one.index = t;
          one.state = State::runs;
          getcontext(&one.context);
          one.context.uc_stack.ss_sp = one.stack.get();
          one.context.uc_stack.ss_size = 128 * 1024;
          makecontext(&one.context, start, 0);
        }
        for (bool isAlive = true; isAlive;) {
          isAlive = false;
          for (Fibre& one : fibres)
            if (one.state == State::runs) {
              isAlive = true;
              current = &one;
              swapcontext(&scheduler, &one.context);
            }
          for (unsigned warp = 0; warp < threads; warp += 32) release(warp, std::min(warp + 32, threads), State::waitsForWarp);
          release(0, threads, State::waitsForBlock);
        }
        for (const Fibre& one : fibres)
          if (one.state != State::isDone) {
            std::fprintf(stderr, "threads wait for each other in different places\n");
            std::exit(1);
          }
      }
}

inline unsigned lane() { return current->index % 32; }
inline uint32_t* wordsOf(unsigned lane) { return &warpWords[(current->index / 32 * 32 + lane) * 8]; }
}  // namespace host

struct ThreadIndex {
  struct X { operator unsigned() const { return host::current->index % host::block.x; } } x;
  struct Y { operator unsigned() const { return host::current->index / host::block.x % host::block.y; } } y;
};
inline ThreadIndex threadIdx;
#define blockIdx host::blockAt
#define blockDim host::block
#define gridDim host::grid

inline void __syncthreads() { host::wait(host::State::waitsForBlock); }
inline void __syncwarp() { host::wait(host::State::waitsForWarp); }
inline float __shfl_xor_sync(unsigned, float value, int mask) {
  std::memcpy(host::wordsOf(host::lane()), &value, 4);
  __syncwarp();
  float other;
  std::memcpy(&other, host::wordsOf(host::lane() ^ mask), 4);
  __syncwarp();
  return other;
}
inline float __uint_as_float(uint32_t bits) { float value; std::memcpy(&value, &bits, 4); return value; }
inline uint32_t __float_as_uint(float value) { uint32_t bits; std::memcpy(&bits, &value, 4); return bits; }
inline float rsqrtf(float value) { return 1.0f / std::sqrt(value); }
inline float __expf(float value) { return std::exp(value); }
inline int __dp4a(int a, int b, int sum) {
  for (int byte = 0; byte < 4; byte++) sum += int(int8_t(a >> 8 * byte)) * int(int8_t(b >> 8 * byte));
  return sum;
}
template <class T> T atomicAdd(T* at, T value) { T old = *at; *at += value; return old; }
