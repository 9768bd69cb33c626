// p = (n, rounds).
@group(0) @binding(0) var<uniform> p: array<vec4u, 2>;
@group(0) @binding(1) var<storage, read> data: array<f32>;
@group(0) @binding(2) var<storage, read_write> out: array<f32>;

@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = id.y * groups.x * 256u + id.x;
  if (i >= p[0].x) { return; }
  let ha = vec4f(1.0, 2.0, 3.0, 4.0) / 16.0;
  let hb = vec4f(5.0, 6.0, 7.0, 8.0) / 16.0;
  var xa = vec4f(data[i]);
  var xb = xa;
  var ya = vec4f(1.0);
  var yb = vec4f(1.0);
  for (var round = 0u; round < p[0].y; round++) {
    xa = fma(-ha, ya, xa);
    xb = fma(-hb, yb, xb);
    ya = fma(ha, xa, ya);
    yb = fma(hb, xb, yb);
  }
  let sum = xa + ya + xb + yb;
  out[i] = (sum.x + sum.y) + (sum.z + sum.w);
}
