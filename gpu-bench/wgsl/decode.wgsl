// p = (rows, cols, batch, heads), (context, splits, rows x batch). A split is 256 keys; a partial sum is 128 numbers, maximum, weight.
@group(0) @binding(0) var<uniform> p: array<vec4u, 2>;
@group(0) @binding(1) var<storage, read> weights: array<u32>;
@group(0) @binding(2) var<storage, read> x: array<vec2f>;
@group(0) @binding(3) var<storage, read_write> out: array<f32>;
@group(0) @binding(4) var<storage, read> queries: array<vec2f>;
@group(0) @binding(5) var<storage, read> keys: array<u32>;
@group(0) @binding(6) var<storage, read> values: array<u32>;
@group(0) @binding(7) var<storage, read_write> partial: array<f32>;

var<workgroup> all_values: array<f32, 256>;
var<workgroup> sixteen: array<f32, 16>;

fn pair(word: u32) -> vec2f { return vec2f(bitcast<f32>(word << 16u), bitcast<f32>(word & 0xffff0000u)); }

// The sum over the workgroup, in every thread: by sixteens, then over the sixteen sums.
fn total(t: u32, value: f32) -> f32 {
  all_values[t] = value;
  workgroupBarrier();
  if (t < 16u) {
    var sum = 0.0;
    for (var i = 0u; i < 16u; i++) { sum += all_values[16u * t + i]; }
    sixteen[t] = sum;
  }
  workgroupBarrier();
  var sum = 0.0;
  for (var i = 0u; i < 16u; i++) { sum += sixteen[i]; }
  return sum;
}

fn most(t: u32, value: f32) -> f32 {
  all_values[t] = value;
  workgroupBarrier();
  if (t < 16u) {
    var found = all_values[16u * t];
    for (var i = 1u; i < 16u; i++) { found = max(found, all_values[16u * t + i]); }
    sixteen[t] = found;
  }
  workgroupBarrier();
  var found = sixteen[0];
  for (var i = 1u; i < 16u; i++) { found = max(found, sixteen[i]); }
  // The next sum writes to the same place.
  workgroupBarrier();
  return found;
}

// One row of the matrix with all vectors of the batch (at most 8).
@compute @workgroup_size(256)
fn product(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) t: u32) {
  let row = group.y * groups.x + group.x;
  let words = p[0].y / 2u;
  var sums: array<f32, 8>;
  if (row < p[0].x) {
    for (var k = t; k < words; k += 256u) {
      let weight = pair(weights[row * words + k]);
      for (var b = 0u; b < p[0].z; b++) { sums[b] += dot(weight, x[b * words + k]); }
    }
  }
  for (var b = 0u; b < p[0].z; b++) {
    let sum = total(t, sums[b]);
    if (t == 0u && row < p[0].x) { out[b * p[0].x + row] = sum; }
    workgroupBarrier();
  }
}

var<workgroup> shared_weight: array<f32, 256>;

// One split of one row of attention.
@compute @workgroup_size(256)
fn attend(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) t: u32) {
  let first = group.y * p[1].x + group.x * 256u;
  var score = 0.0;
  for (var d = 0u; d < 64u; d++) { score += dot(pair(keys[(first + t) * 64u + d]), queries[group.y * 64u + d]); }
  score *= 0.08838834764831845;
  let highest = most(t, score);
  let weight = exp(score - highest);
  shared_weight[t] = weight;
  let sum = total(t, weight);
  let at = (group.y * p[1].y + group.x) * 130u;
  if (t < 64u) {
    var value = vec2f(0.0);
    for (var k = 0u; k < 256u; k++) { value += shared_weight[k] * pair(values[(first + k) * 64u + t]); }
    partial[at + 2u * t] = value.x;
    partial[at + 2u * t + 1u] = value.y;
  }
  if (t == 64u) {
    partial[at + 128u] = highest;
    partial[at + 129u] = sum;
  }
}

// All splits of one row.
@compute @workgroup_size(128)
fn combine(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) d: u32) {
  let first = group.x * p[1].y;
  var highest = partial[first * 130u + 128u];
  for (var s = 1u; s < p[1].y; s++) { highest = max(highest, partial[(first + s) * 130u + 128u]); }
  var value = 0.0;
  var sum = 0.0;
  for (var s = 0u; s < p[1].y; s++) {
    let at = (first + s) * 130u;
    let scale = exp(partial[at + 128u] - highest);
    value += scale * partial[at + d];
    sum += scale * partial[at + 129u];
  }
  out[p[1].z + group.x * 128u + d] = value / sum;
}
