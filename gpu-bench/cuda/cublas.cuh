// cuBLAS through dlopen, with prototypes after NVIDIA's reference manual: a machine with PyTorch has the library and not the headers.
#pragma once
#include "bench.cuh"

/** Kinds of products, with the numbers of cudaDataType_t and cublasComputeType_t. */
struct CublasTypes {
  int input, output, compute;
};
constexpr CublasTypes cublasF32 = {0, 0, 68}, cublasBf16 = {14, 0, 68}, cublasInt8 = {3, 10, 72};

#ifdef DEPINLAB_HOST
inline std::function<void(Stream)> cublasProduct(const Bench&, const uint32_t*, const uint32_t*, uint32_t*, int, CublasTypes) {
  stop(noDevice, "there is no cuBLAS without a GPU");
}
#else
#include <dlfcn.h>

/** C = A B with k inside in both; cuBLAS counts by columns, so it is asked for the transposed product. */
inline std::function<void(Stream)> cublasProduct(const Bench& bench, const uint32_t* a, const uint32_t* b, uint32_t* out, int n, CublasTypes types) {
  void* library = nullptr;
  for (const std::string& name : {bench.arguments.text("cublas", ""), std::string("libcublas.so.13"), std::string("libcublas.so.12"), std::string("libcublas.so")})
    if (library == nullptr && !name.empty()) library = dlopen(name.c_str(), RTLD_NOW | RTLD_GLOBAL);
  if (library == nullptr) stop(noDevice, "libcublas is not found: install it, or set DEPINLAB_CUBLAS to its file");
  typedef int Create(void**);
  typedef int SetStream(void*, cudaStream_t);
  typedef int Gemm(void*, int, int, int, int, int, const void*, const void*, int, int, const void*, int, int, const void*, void*, int, int, int, int);
  const auto create = reinterpret_cast<Create*>(dlsym(library, "cublasCreate_v2"));
  const auto setStream = reinterpret_cast<SetStream*>(dlsym(library, "cublasSetStream_v2"));
  const auto gemm = reinterpret_cast<Gemm*>(dlsym(library, "cublasGemmEx"));
  void* handle = nullptr;
  if (create == nullptr || setStream == nullptr || gemm == nullptr || create(&handle) != 0) stop(1, "cuBLAS does not start");
  return [=](Stream stream) {
    const float one = 1, zero = 0;
    const int oneInt = 1, zeroInt = 0;
    const bool isInt = types.compute == 72;
    const void* alpha = isInt ? static_cast<const void*>(&oneInt) : &one;
    const void* beta = isInt ? static_cast<const void*>(&zeroInt) : &zero;
    // CUBLAS_OP_T = 1, CUBLAS_OP_N = 0, CUBLAS_GEMM_DEFAULT = -1.
    if (setStream(handle, stream) != 0 || gemm(handle, 1, 0, n, n, n, alpha, b, types.input, n, a, types.input, n, beta, out, types.output, n, types.compute, -1) != 0)
      stop(1, "cublasGemmEx refuses the product");
  };
}
#endif
