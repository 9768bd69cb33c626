// Inputs as input.ts makes them. p = (key, words, kind): 0 plain words, 1 f32, 2 pairs of bf16, 3 fours of int8, 4 the key itself.
@group(0) @binding(0) var<uniform> p: array<vec4u, 2>;
@group(0) @binding(1) var<storage, read_write> out: array<u32>;

fn scramble(word: u32) -> u32 {
  var h = word;
  h = (h ^ (h >> 16u)) * 0x85ebca6bu;
  h = (h ^ (h >> 13u)) * 0xc2b2ae35u;
  return h ^ (h >> 16u);
}

fn word(index: u32) -> u32 { return scramble(scramble(index) ^ p[0].x); }

fn unit(word: u32) -> u32 { return bitcast<u32>(f32(word >> 8u) / 8388608.0 - 1.0); }

@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = id.y * groups.x * 256u + id.x;
  if (i >= p[0].y) { return; }
  switch p[0].z {
    case 0u: { out[i] = word(i); }
    case 1u: { out[i] = unit(word(i)); }
    case 2u: { out[i] = (unit(word(2u * i)) >> 16u) | (unit(word(2u * i + 1u)) & 0xffff0000u); }
    case 3u: {
      out[i] = (word(4u * i) & 255u) | ((word(4u * i + 1u) & 255u) << 8u) | ((word(4u * i + 2u) & 255u) << 16u) | (word(4u * i + 3u) << 24u);
    }
    default: { out[i] = p[0].x; }
  }
}
