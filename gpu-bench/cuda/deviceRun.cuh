// Checks and times one kernel on the first CUDA device, and prints one line of JSON.
#pragma once
#include "nvml.cuh"

struct Device {
  cudaDeviceProp properties;
  std::string busId;
  Device() {
    int count = 0;
    const cudaError_t code = cudaGetDeviceCount(&count);
    if (code != cudaSuccess || count == 0)
      stop(noDevice, std::string("no CUDA device: ") + (code == cudaSuccess ? "the driver shows none" : cudaGetErrorString(code)));
    CHECK(cudaSetDevice(0));
    CHECK(cudaGetDeviceProperties(&properties, 0));
    char text[32];
    CHECK(cudaDeviceGetPCIBusId(text, sizeof text, 0));
    busId = text;
  }
};

inline std::string digestOf(const Plan& plan, uint32_t* sums) {
  CHECK(cudaMemset(sums, 0, 8));
  launch(digest, dim3(4096), dim3(256), Stream(), plan.out, plan.words, sums);
  uint32_t read[2];
  CHECK(cudaMemcpy(read, sums, 8, cudaMemcpyDeviceToHost));
  char text[17];
  std::snprintf(text, sizeof text, "%08x%08x", read[1], read[0]);
  return text;
}

/** Runs and times a plan in one stream, and watches the card meanwhile. */
class Timer {
 public:
  Timer(const Plan& plan, const Nvml& nvml) : plan(plan), nvml(nvml) {
    CHECK(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking));
    CHECK(cudaEventCreate(&begin));
    CHECK(cudaEventCreate(&end));
  }
  /** Milliseconds of so many runs. */
  double run(int runs) {
    CHECK(cudaEventRecord(begin, stream));
    for (int i = 0; i < runs; i++) plan.enqueue(stream);
    CHECK(cudaEventRecord(end, stream));
    CHECK(cudaEventSynchronize(end));
    float ms = 0;
    CHECK(cudaEventElapsedTime(&ms, begin, end));
    return ms;
  }
  /** Runs per sample, found while the card warms up: ten samples and half a second at least. */
  int warmUp(double sampleMs) {
    int runs = 1;
    const double start = seconds();
    for (int i = 0; i < 10 || seconds() - start < 0.5; i++) {
      const double last = run(runs);
      if (last < sampleMs && runs < 1000000) runs *= 2;
    }
    return runs;
  }
  std::string regime(const char* kind, int runs, int samplesMin, double secondsMin, double idleMilliwatts) {
    std::vector<double> samples, smMhz, memoryMhz;
    uint64_t throttle = 0;
    double celsius = 0, lastLook = 0;
    const double energy = nvml.energy(), start = seconds();
    while (int(samples.size()) < samplesMin || seconds() - start < secondsMin) {
      samples.push_back(run(runs) / runs);
      // NVML answers slowly; twenty looks a second leave the card busy.
      if (seconds() - lastLook < 0.05) continue;
      lastLook = seconds();
      smMhz.push_back(nvml.smMhz());
      memoryMhz.push_back(nvml.memoryMhz());
      throttle |= uint64_t(std::max(0.0, nvml.throttleBits()));
      celsius = std::max(celsius, nvml.celsius());
    }
    const double took = seconds() - start, joules = (nvml.energy() - energy) / 1000;
    std::string text = std::string("{\"kind\":\"") + kind + "\",\"runsPerSample\":" + std::to_string(runs) + ",\"samplesMs\":" + list(samples);
    char more[400];
    if (median(smMhz) > 0) {
      std::snprintf(more, sizeof more, ",\"state\":{\"smMhzMedian\":%.0f,\"memoryMhzMedian\":%.0f,\"throttleBits\":%llu,\"celsiusMax\":%.0f}",
                    median(smMhz), std::max(0.0, median(memoryMhz)), static_cast<unsigned long long>(throttle), celsius);
      text += more;
    }
    if (energy >= 0 && idleMilliwatts >= 0 && took >= 1) {
      std::snprintf(more, sizeof more, ",\"energy\":{\"joules\":%.3f,\"seconds\":%.4f,\"idleWatts\":%.2f,\"joulesPerRun\":%.6g}", joules, took,
                    idleMilliwatts / 1000, joules / (double(samples.size()) * runs));
      text += more;
    }
    return text + "}";
  }

 private:
  const Plan& plan;
  const Nvml& nvml;
  cudaStream_t stream;
  cudaEvent_t begin, end;

  static double seconds() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }
  static double median(std::vector<double> values) {
    if (values.empty()) return -1;
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
  }
};

inline int run(const Device& device, const Bench& bench, const Plan& plan) {
  const Nvml nvml(device.busId);
  // Before anything runs: what the card draws with a context and no work.
  const double idle = nvml.milliwatts();
  uint32_t* sums = bench.scratch(2);
  bench.set(plan.out, 0x7fc0deadu, plan.words, Kind::constant);
  CHECK(cudaDeviceSynchronize());
  plan.enqueue(Stream());
  CHECK(cudaDeviceSynchronize());
  const std::string before = digestOf(plan, sums);

  std::string regimes;
  const int burst = int(bench.arguments.real("burst", 0));
  const double sustained = bench.arguments.real("sustained", 0);
  if (burst > 0) {
    Timer timer(plan, nvml);
    const int runs = timer.warmUp(bench.arguments.real("sample_ms", 1));
    regimes = timer.regime("burst", runs, burst, 0, idle);
    if (sustained > 0) regimes += "," + timer.regime("sustained", runs, burst, sustained, idle);
  }
  CHECK(cudaDeviceSynchronize());
  const std::string after = digestOf(plan, sums);

  const std::vector<uint32_t> places = readWords(bench.arguments.text("places", ""));
  const uint32_t count = uint32_t(places.size());
  uint32_t *at = bench.scratch(count), *found = bench.scratch(count);
  CHECK(cudaMemcpy(at, places.data(), 4 * places.size(), cudaMemcpyHostToDevice));
  launch(gather, dim3((count + 255) / 256), dim3(256), Stream(), plan.out, at, found, count);
  std::vector<uint32_t> words(count);
  CHECK(cudaMemcpy(words.data(), found, 4 * words.size(), cudaMemcpyDeviceToHost));
  std::ofstream(bench.arguments.text("words", ""), std::ios::binary)
      .write(reinterpret_cast<const char*>(words.data()), std::streamsize(4 * words.size()));

  const cudaDeviceProp& one = device.properties;
  std::printf(
      "{\"digest\":\"%s\",\"digestAfter\":\"%s\",\"regimes\":[%s],\"device\":{\"name\":\"%s\",\"isSoftware\":false,\"driver\":\"%s\","
      "\"memoryMib\":%.0f,\"multiprocessors\":%d,\"computeCapability\":\"%d.%d\",\"l2Mib\":%.1f}}\n",
      before.c_str(), after.c_str(), regimes.c_str(), one.name, nvml.driver().c_str(), double(one.totalGlobalMem) / (1 << 20),
      one.multiProcessorCount, one.major, one.minor, double(one.l2CacheSize) / (1 << 20));
  return 0;
}
