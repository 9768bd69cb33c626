// NVML through dlopen, with prototypes after NVIDIA's reference manual: the header and the link stub are not everywhere.
#pragma once
#include <dlfcn.h>
#include <string>

class Nvml {
 public:
  explicit Nvml(const std::string& pciBusId) {
    library = dlopen("libnvidia-ml.so.1", RTLD_NOW);
    if (library == nullptr) return;
    const auto init = find<int()>("nvmlInit_v2");
    const auto handleOf = find<int(const char*, void**)>("nvmlDeviceGetHandleByPciBusId_v2");
    isOpen = init != nullptr && handleOf != nullptr && init() == 0 && handleOf(pciBusId.c_str(), &device) == 0;
  }
  /** Millijoules since the driver was loaded; -1 where the card does not count them. */
  double energy() const { return read<unsigned long long>("nvmlDeviceGetTotalEnergyConsumption"); }
  double milliwatts() const { return read<unsigned>("nvmlDeviceGetPowerUsage"); }
  double throttleBits() const { return read<unsigned long long>("nvmlDeviceGetCurrentClocksThrottleReasons"); }
  double smMhz() const { return readOf("nvmlDeviceGetClockInfo", 1); }
  double memoryMhz() const { return readOf("nvmlDeviceGetClockInfo", 2); }
  double celsius() const { return readOf("nvmlDeviceGetTemperature", 0); }
  std::string driver() const {
    char text[96] = "unknown";
    const auto call = find<int(char*, unsigned)>("nvmlSystemGetDriverVersion");
    return isOpen && call != nullptr && call(text, sizeof text) == 0 ? text : "unknown";
  }

 private:
  void* library = nullptr;
  void* device = nullptr;
  bool isOpen = false;

  template <class F>
  F* find(const char* name) const { return library == nullptr ? nullptr : reinterpret_cast<F*>(dlsym(library, name)); }
  template <class V>
  double read(const char* name) const {
    V value = 0;
    const auto call = find<int(void*, V*)>(name);
    return isOpen && call != nullptr && call(device, &value) == 0 ? double(value) : -1;
  }
  double readOf(const char* name, int which) const {
    unsigned value = 0;
    const auto call = find<int(void*, int, unsigned*)>(name);
    return isOpen && call != nullptr && call(device, which, &value) == 0 ? double(value) : -1;
  }
};
