// p = (n, rounds, key).
@group(0) @binding(0) var<uniform> p: array<vec4u, 2>;
@group(0) @binding(1) var<storage, read_write> out: array<u32>;

fn scramble(word: u32) -> u32 {
  var h = word;
  h = (h ^ (h >> 16u)) * 0x85ebca6bu;
  h = (h ^ (h >> 13u)) * 0xc2b2ae35u;
  return h ^ (h >> 16u);
}

@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = id.y * groups.x * 256u + id.x;
  if (i >= p[0].x) { return; }
  var h = scramble(scramble(i) ^ p[0].z);
  for (var round = 0u; round < p[0].y; round++) { h = scramble(h ^ i); }
  out[i] = h;
}
