// Launches that add one to a counter, one after the other in a stream, or replayed from a graph.
#include "bench.cuh"

__global__ void count(uint32_t* out, int isFirst) { out[0] = (isFirst ? 0 : out[0]) + 1; }

int main(int argc, char** argv) {
  return bench(argc, argv, [](const Bench& bench) -> Plan {
    uint32_t* out = bench.scratch(1);
    const uint64_t launches = bench["launches"];
    const auto all = [=](Stream stream) {
      for (uint64_t i = 0; i < launches; i++) launch(count, dim3(1), dim3(1), stream, out, i == 0 ? 1 : 0);
    };
#ifndef DEPINLAB_HOST
    if (bench.variant() == "graph") {
      cudaStream_t stream;
      cudaGraph_t graph;
      cudaGraphExec_t replay;
      CHECK(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking));
      CHECK(cudaStreamBeginCapture(stream, cudaStreamCaptureModeGlobal));
      all(stream);
      CHECK(cudaStreamEndCapture(stream, &graph));
      CHECK(cudaGraphInstantiate(&replay, graph, 0));
      return {out, 1, [=](Stream stream) { CHECK(cudaGraphLaunch(replay, stream)); }};
    }
#endif
    return {out, 1, all};
  });
}
