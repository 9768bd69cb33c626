// C = A B on tensor cores (mma.sync, from sm_80 on): both inputs have k inside, in 32-bit words of two bf16 or four int8. The fragments of
// m16n8k16 (bf16) and m16n8k32 (s8) have the same layout in words (PTX ISA, matrix fragments), so one kernel serves both.
// Tiles of 128 x 128 and 16 words, two stages; 8 warps of 64 x 32. n is a multiple of 128.
#pragma once
#include "bench.cuh"

namespace tensor {

struct Bf16 {
  typedef float Sum;
  static constexpr int perWord = 2;
};
struct Int8 {
  typedef int Sum;
  static constexpr int perWord = 4;
};

#ifdef DEPINLAB_HOST
__device__ inline void add(float& sum, uint32_t a, uint32_t b) { sum += low(a) * low(b) + high(a) * high(b); }
__device__ inline void add(int& sum, uint32_t a, uint32_t b) { sum = __dp4a(int(a), int(b), sum); }
template <class Sum>
__device__ void mma(Sum (&c)[4], const uint32_t (&a)[4], const uint32_t (&b)[2]) {
  uint32_t* mine = host::wordsOf(host::lane());
  for (int i = 0; i < 4; i++) mine[i] = a[i];
  for (int i = 0; i < 2; i++) mine[4 + i] = b[i];
  __syncwarp();
  const unsigned g = host::lane() / 4, t = host::lane() % 4;
  for (unsigned i = 0; i < 4; i++)
    for (unsigned word = 0; word < 8; word++)
      add(c[i], host::wordsOf(g * 4 + word % 4)[(i / 2) + 2 * (word / 4)], host::wordsOf((2 * t + i % 2) * 4 + word % 4)[4 + word / 4]);
  __syncwarp();
}
__device__ inline void copy16(void* target, const void* source) { std::memcpy(target, source, 16); }
__device__ inline void commit() {}
template <int N>
__device__ inline void await() {}
#else
__device__ __forceinline__ void mma(float (&c)[4], const uint32_t (&a)[4], const uint32_t (&b)[2]) {
  asm volatile("mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%0,%1,%2,%3};"
               : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
               : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
}
__device__ __forceinline__ void mma(int (&c)[4], const uint32_t (&a)[4], const uint32_t (&b)[2]) {
  asm volatile("mma.sync.aligned.m16n8k32.row.col.s32.s8.s8.s32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%0,%1,%2,%3};"
               : "+r"(c[0]), "+r"(c[1]), "+r"(c[2]), "+r"(c[3])
               : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
}
__device__ __forceinline__ void copy16(void* target, const void* source) {
  asm volatile("cp.async.cg.shared.global [%0], [%1], 16;" ::"r"(unsigned(__cvta_generic_to_shared(target))), "l"(source) : "memory");
}
__device__ __forceinline__ void commit() { asm volatile("cp.async.commit_group;" ::: "memory"); }
template <int N>
__device__ __forceinline__ void await() { asm volatile("cp.async.wait_group %0;" ::"n"(N) : "memory"); }
#endif

/** Words of a row of a tile in shared memory: 16, and 4 that keep eight rows in different banks. */
constexpr int stride = 20;

__device__ __forceinline__ void load(uint32_t* tile, const uint32_t* matrix, int words, int k, int t) {
  for (int i = t; i < 512; i += 256) copy16(tile + i / 4 * stride + i % 4 * 4, matrix + size_t(i / 4) * words + k + i % 4 * 4);
}

/** The next right side of a chain gets bits 8 to 15 of the product, by columns; null where there is no chain. */
template <class Type>
__global__ void __launch_bounds__(256) product(const uint32_t* __restrict__ a, const uint32_t* __restrict__ b, typename Type::Sum* out, int8_t* next, int n) {
  __shared__ __attribute__((aligned(16))) uint32_t rows[2][128 * stride];
  __shared__ __attribute__((aligned(16))) uint32_t columns[2][128 * stride];
  const int words = n / Type::perWord, t = threadIdx.x, warp = t / 32, g = t % 32 / 4, q = t % 4;
  const int top = warp / 4 * 64, left = warp % 4 * 32;
  const uint32_t* aTile = a + size_t(blockIdx.y) * 128 * words;
  const uint32_t* bTile = b + size_t(blockIdx.x) * 128 * words;
  typename Type::Sum sum[4][4][4] = {};
  load(rows[0], aTile, words, 0, t);
  load(columns[0], bTile, words, 0, t);
  commit();
  for (int k = 0, stage = 0; k < words; k += 16, stage ^= 1) {
    if (k + 16 < words) {
      load(rows[stage ^ 1], aTile, words, k + 16, t);
      load(columns[stage ^ 1], bTile, words, k + 16, t);
    }
    commit();
    await<1>();
    __syncthreads();
#pragma unroll
    for (int half = 0; half < 16; half += 8) {
      uint32_t af[4][4], bf[4][2];
#pragma unroll
      for (int i = 0; i < 4; i++) {
        const uint32_t* row = &rows[stage][(top + 16 * i + g) * stride + half + q];
        af[i][0] = row[0];
        af[i][1] = row[8 * stride];
        af[i][2] = row[4];
        af[i][3] = row[8 * stride + 4];
        const uint32_t* column = &columns[stage][(left + 8 * i + g) * stride + half + q];
        bf[i][0] = column[0];
        bf[i][1] = column[4];
      }
#pragma unroll
      for (int i = 0; i < 4; i++)
#pragma unroll
        for (int j = 0; j < 4; j++) mma(sum[i][j], af[i], bf[j]);
    }
    __syncthreads();
  }
#pragma unroll
  for (int i = 0; i < 4; i++)
#pragma unroll
    for (int j = 0; j < 4; j++)
#pragma unroll
      for (int e = 0; e < 4; e++) {
        const int row = blockIdx.y * 128 + top + 16 * i + g + e / 2 * 8, column = blockIdx.x * 128 + left + 8 * j + 2 * q + e % 2;
        out[size_t(row) * n + column] = sum[i][j][e];
        if (next != nullptr) next[size_t(column) * n + row] = int8_t(int(sum[i][j][e]) >> 8);
      }
}

template <class Type>
void enqueue(Stream stream, const uint32_t* a, const uint32_t* b, uint32_t* out, uint32_t* next, int n) {
  launch(product<Type>, dim3(n / 128, n / 128), dim3(256), stream, a, b, reinterpret_cast<typename Type::Sum*>(out),
         reinterpret_cast<int8_t*>(next), n);
}

}  // namespace tensor
