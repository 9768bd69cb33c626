// p = (n).
@group(0) @binding(0) var<uniform> p: array<vec4u, 2>;
@group(0) @binding(1) var<storage, read> u: array<f32>;
@group(0) @binding(2) var<storage, read_write> out: array<f32>;

@compute @workgroup_size(64, 4)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let n = p[0].x;
  if (id.x >= n || id.y >= n || id.z >= n) { return; }
  let i = (id.z * n + id.y) * n + id.x;
  let last = n - 1u;
  if (any(id == vec3u(0u)) || any(id == vec3u(last))) {
    out[i] = u[i];
    return;
  }
  let around = u[i - 1u] + u[i + 1u] + u[i - n] + u[i + n] + u[i - n * n] + u[i + n * n];
  out[i] = 0.5 * u[i] + 0.083333336 * around;
}
