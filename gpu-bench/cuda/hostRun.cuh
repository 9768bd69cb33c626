// One run on the processor, for the answer only.
#pragma once

struct Device {};

inline int run(const Device&, const Bench& bench, const Plan& plan) {
  bench.set(plan.out, 0x7fc0deadu, plan.words, Kind::constant);
  plan.enqueue(Stream());
  uint32_t sums[2] = {0, 0};
  launch(digest, dim3(16), dim3(256), Stream(), plan.out, plan.words, sums);
  const std::vector<uint32_t> places = readWords(bench.arguments.text("places", ""));
  std::vector<uint32_t> words(places.size());
  for (size_t i = 0; i < places.size(); i++) words[i] = plan.out[places[i]];
  std::ofstream(bench.arguments.text("words", ""), std::ios::binary)
      .write(reinterpret_cast<const char*>(words.data()), std::streamsize(4 * words.size()));
  std::printf("{\"digest\":\"%08x%08x\"}\n", sums[1], sums[0]);
  return 0;
}
