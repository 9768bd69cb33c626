// 16 queries a workgroup, 16 keys at a time, softmax as it goes; a thread holds one of 128 columns. f32 arithmetic. p = (seq).
@group(0) @binding(0) var<uniform> p: array<vec4u, 2>;
@group(0) @binding(1) var<storage, read> q: array<u32>;
@group(0) @binding(2) var<storage, read> k: array<u32>;
@group(0) @binding(3) var<storage, read> v: array<u32>;
@group(0) @binding(4) var<storage, read_write> out: array<f32>;

var<workgroup> queries: array<array<u32, 64>, 16>;
var<workgroup> tile: array<array<u32, 64>, 16>;
var<workgroup> score: array<array<f32, 16>, 16>;
var<workgroup> highest: array<f32, 16>;
var<workgroup> weight: array<f32, 16>;
var<workgroup> rescale: array<f32, 16>;

fn pair(word: u32) -> vec2f { return vec2f(bitcast<f32>(word << 16u), bitcast<f32>(word & 0xffff0000u)); }

@compute @workgroup_size(128)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) t: u32) {
  let head = group.y * p[0].x;
  let first = group.x * 16u;
  for (var i = t; i < 1024u; i += 128u) { queries[i / 64u][i % 64u] = q[(head + first) * 64u + i]; }
  if (t < 16u) {
    highest[t] = -1e30;
    weight[t] = 0.0;
  }
  var sum: array<f32, 16>;
  for (var block = 0u; block <= first; block += 16u) {
    workgroupBarrier();
    for (var i = t; i < 1024u; i += 128u) { tile[i / 64u][i % 64u] = k[(head + block) * 64u + i]; }
    workgroupBarrier();
    for (var i = t; i < 256u; i += 128u) {
      let row = i / 16u;
      let key = i % 16u;
      var s = 0.0;
      for (var d = 0u; d < 64u; d++) { s += dot(pair(queries[row][d]), pair(tile[key][d])); }
      score[row][key] = select(-1e30, s * 0.08838834764831845, block + key <= first + row);
    }
    workgroupBarrier();
    for (var i = t; i < 1024u; i += 128u) { tile[i / 64u][i % 64u] = v[(head + block) * 64u + i]; }
    if (t < 16u) {
      var most = highest[t];
      for (var key = 0u; key < 16u; key++) { most = max(most, score[t][key]); }
      rescale[t] = exp(highest[t] - most);
      var total = weight[t] * rescale[t];
      for (var key = 0u; key < 16u; key++) {
        let e = exp(score[t][key] - most);
        score[t][key] = e;
        total += e;
      }
      highest[t] = most;
      weight[t] = total;
    }
    workgroupBarrier();
    for (var row = 0u; row < 16u; row++) {
      var s = sum[row] * rescale[row];
      for (var key = 0u; key < 16u; key++) { s += score[row][key] * pair(tile[key][t / 2u])[t % 2u]; }
      sum[row] = s;
    }
  }
  for (var row = 0u; row < 16u; row++) { out[(head + first + row) * 128u + t] = sum[row] / weight[row]; }
}
