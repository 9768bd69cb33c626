// Tiles of 64 x 64, a thread 4 x 4 of them; n is a multiple of 64. p = (n).
@group(0) @binding(0) var<uniform> p: array<vec4u, 2>;
@group(0) @binding(1) var<storage, read> a: array<f32>;
@group(0) @binding(2) var<storage, read> b: array<f32>;
@group(0) @binding(3) var<storage, read_write> out: array<f32>;

var<workgroup> rows: array<array<f32, 64>, 16>;
var<workgroup> columns: array<array<f32, 64>, 16>;

@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) t: u32) {
  let n = p[0].x;
  let x = (t % 16u) * 4u;
  let y = (t / 16u) * 4u;
  var sum: array<vec4f, 4>;
  for (var k = 0u; k < n; k += 16u) {
    for (var i = 0u; i < 4u; i++) {
      let line = t / 16u + 16u * i;
      rows[t % 16u][line] = a[(group.y * 64u + line) * n + k + t % 16u];
      columns[t % 16u][line] = b[(group.x * 64u + line) * n + k + t % 16u];
    }
    workgroupBarrier();
    for (var inner = 0u; inner < 16u; inner++) {
      let right = vec4f(columns[inner][x], columns[inner][x + 1u], columns[inner][x + 2u], columns[inner][x + 3u]);
      for (var i = 0u; i < 4u; i++) { sum[i] += rows[inner][y + i] * right; }
    }
    workgroupBarrier();
  }
  for (var i = 0u; i < 4u; i++) {
    let at = (group.y * 64u + y + i) * n + group.x * 64u + x;
    for (var j = 0u; j < 4u; j++) { out[at + j] = sum[i][j]; }
  }
}
