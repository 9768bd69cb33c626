// The part that every kernel's program has alike: arguments, buffers, checks, timing and one line of JSON on stdout.
//   PROGRAM seed=N places=FILE words=FILE variant=own|cublas|graph burst=SAMPLES sample_ms=MS sustained=SECONDS NAME=VALUE...
// `places` holds indices of output words, `words` gets the words there. Exit codes: 0 done, 77 no device or no library, 1 an error.
#pragma once
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <vector>
#include "input.cuh"

constexpr int noDevice = 77;

[[noreturn]] inline void stop(int code, const std::string& message) {
  std::fprintf(stderr, "%s\n", message.c_str());
  std::exit(code);
}

#ifdef DEPINLAB_HOST
typedef int Stream;
template <class... P, class... A>
void launch(void (*kernel)(P...), dim3 grid, dim3 block, Stream, A... arguments) {
  host::launch(grid, block, [=] { kernel(P(arguments)...); });
}
#else
typedef cudaStream_t Stream;
#define CHECK(call)                                                                                                   \
  do {                                                                                                                \
    const cudaError_t code = (call);                                                                                  \
    if (code != cudaSuccess) stop(1, std::string(#call ": ") + cudaGetErrorString(code));                             \
  } while (0)
template <class... P, class... A>
void launch(void (*kernel)(P...), dim3 grid, dim3 block, Stream stream, A... arguments) {
  kernel<<<grid, block, 0, stream>>>(P(arguments)...);
  CHECK(cudaGetLastError());
}
#endif

class Arguments {
 public:
  Arguments(int count, char** values) {
    for (int i = 1; i < count; i++) {
      const std::string one = values[i];
      const size_t at = one.find('=');
      if (at == std::string::npos) stop(1, "an argument is NAME=VALUE, and not " + one);
      given[one.substr(0, at)] = one.substr(at + 1);
    }
  }
  std::string text(const std::string& name, const std::string& otherwise) const {
    const auto found = given.find(name);
    return found == given.end() ? otherwise : found->second;
  }
  uint64_t number(const std::string& name) const {
    const auto found = given.find(name);
    if (found == given.end()) stop(1, "the argument " + name + " is missing");
    return std::stoull(found->second);
  }
  double real(const std::string& name, double otherwise) const {
    const auto found = given.find(name);
    return found == given.end() ? otherwise : std::stod(found->second);
  }

 private:
  std::map<std::string, std::string> given;
};

/** What a kernel's program tells: how long its output is, and how one run is put into a stream. */
struct Plan {
  uint32_t* out;
  uint64_t words;
  std::function<void(Stream)> enqueue;
};

class Bench {
 public:
  const Arguments& arguments;
  explicit Bench(const Arguments& arguments) : arguments(arguments) {}

  uint64_t operator[](const std::string& name) const { return arguments.number(name); }
  std::string variant() const { return arguments.text("variant", "own"); }
  uint32_t key(uint32_t number) const { return mixed(uint32_t(arguments.number("seed")) + number * 0x9e3779b9u); }

  uint32_t* scratch(uint64_t words) const {
#ifdef DEPINLAB_HOST
    return static_cast<uint32_t*>(std::aligned_alloc(64, (4 * words + 63) / 64 * 64));
#else
    void* memory = nullptr;
    CHECK(cudaMalloc(&memory, std::max<uint64_t>(4 * words, 256)));
    return static_cast<uint32_t*>(memory);
#endif
  }
  uint32_t* input(uint32_t number, uint64_t words, Kind kind) const {
    uint32_t* made = scratch(words);
    set(made, key(number), words, kind);
    return made;
  }
  void set(uint32_t* target, uint32_t key, uint64_t words, Kind kind) const {
    launch(fill, dim3(unsigned(std::min<uint64_t>((words + 255) / 256, 65535))), dim3(256), Stream(), target, key, words, kind);
  }

 private:
  static uint32_t mixed(uint32_t h) {
    h = (h ^ (h >> 16)) * 0x85ebca6bu;
    h = (h ^ (h >> 13)) * 0xc2b2ae35u;
    return h ^ (h >> 16);
  }
};

inline std::vector<uint32_t> readWords(const std::string& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) stop(1, path + ": cannot be read");
  std::vector<uint32_t> words(size_t(file.tellg()) / 4);
  file.seekg(0);
  file.read(reinterpret_cast<char*>(words.data()), std::streamsize(4 * words.size()));
  return words;
}

/** A list of numbers as JSON. */
inline std::string list(const std::vector<double>& values) {
  std::string text = "[";
  char one[40];
  for (const double value : values) {
    std::snprintf(one, sizeof one, "%s%.9g", text.size() > 1 ? "," : "", value);
    text += one;
  }
  return text + "]";
}

#ifdef DEPINLAB_HOST
#include "hostRun.cuh"
#else
#include "deviceRun.cuh"
#endif

/** The whole program of a kernel. */
inline int bench(int count, char** values, Plan (*plan)(const Bench&)) {
  const Arguments arguments(count, values);
  const Device device;
  const Bench made(arguments);
  const Plan one = plan(made);
  return run(device, made, one);
}
