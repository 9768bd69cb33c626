// Four int8 to a word along k; tiles as in gemmF32.wgsl. p = (n, n / 4).
@group(0) @binding(0) var<uniform> p: array<vec4u, 2>;
@group(0) @binding(1) var<storage, read> a: array<u32>;
@group(0) @binding(2) var<storage, read> b: array<u32>;
@group(0) @binding(3) var<storage, read_write> out: array<i32>;
@group(0) @binding(4) var<storage, read_write> next: array<u32>;

var<workgroup> rows: array<array<u32, 64>, 16>;
var<workgroup> columns: array<array<u32, 64>, 16>;

fn product(group: vec3u, t: u32) -> array<vec4i, 4> {
  let words = p[0].y;
  let x = (t % 16u) * 4u;
  let y = (t / 16u) * 4u;
  var sum: array<vec4i, 4>;
  for (var k = 0u; k < words; k += 16u) {
    for (var i = 0u; i < 4u; i++) {
      let line = t / 16u + 16u * i;
      rows[t % 16u][line] = a[(group.y * 64u + line) * words + k + t % 16u];
      columns[t % 16u][line] = b[(group.x * 64u + line) * words + k + t % 16u];
    }
    workgroupBarrier();
    for (var inner = 0u; inner < 16u; inner++) {
      for (var i = 0u; i < 4u; i++) {
        let left = rows[inner][y + i];
        sum[i] += vec4i(
          dot4I8Packed(left, columns[inner][x]),
          dot4I8Packed(left, columns[inner][x + 1u]),
          dot4I8Packed(left, columns[inner][x + 2u]),
          dot4I8Packed(left, columns[inner][x + 3u]),
        );
      }
    }
    workgroupBarrier();
  }
  for (var i = 0u; i < 4u; i++) {
    let at = (group.y * 64u + y + i) * p[0].x + group.x * 64u + x;
    for (var j = 0u; j < 4u; j++) { out[at + j] = sum[i][j]; }
  }
  return sum;
}

@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) t: u32) { _ = product(group, t); }

// A step of the chain: bits 8 to 15 of the product, by columns, are the next right side.
@compute @workgroup_size(256)
fn step(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) t: u32) {
  let sum = product(group, t);
  let row = group.y * 64u + (t / 16u) * 4u;
  for (var j = 0u; j < 4u; j++) {
    let bytes = vec4u(vec4i(sum[0][j], sum[1][j], sum[2][j], sum[3][j]) >> vec4u(8u)) & vec4u(255u);
    let column = group.x * 64u + (t % 16u) * 4u + j;
    next[column * p[0].y + row / 4u] = bytes.x | (bytes.y << 8u) | (bytes.z << 16u) | (bytes.w << 24u);
  }
}
