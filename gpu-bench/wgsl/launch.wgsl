// The first launch of a run starts the count, the others add one. p = (is first).
@group(0) @binding(0) var<uniform> p: array<vec4u, 2>;
@group(0) @binding(1) var<storage, read_write> out: array<u32>;

@compute @workgroup_size(1)
fn main() { out[0] = select(out[0], 0u, p[0].x == 1u) + 1u; }
