// Both sums of digestOf in check.ts: additions of words commute, so the order of threads does not matter. p = (words).
@group(0) @binding(0) var<uniform> p: array<vec4u, 2>;
@group(0) @binding(1) var<storage, read> data: array<u32>;
@group(0) @binding(2) var<storage, read_write> sums: array<atomic<u32>, 2>;

fn scramble(word: u32) -> u32 {
  var h = word;
  h = (h ^ (h >> 16u)) * 0x85ebca6bu;
  h = (h ^ (h >> 13u)) * 0xc2b2ae35u;
  return h ^ (h >> 16u);
}

@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  var low = 0u;
  var high = 0u;
  for (var i = id.x; i < p[0].x; i += groups.x * 256u) {
    let place = scramble(i);
    low += scramble(data[i] ^ place);
    high += scramble(data[i] + place);
  }
  atomicAdd(&sums[0], low);
  atomicAdd(&sums[1], high);
}
