// p = (n), a multiple of 256.
@group(0) @binding(0) var<uniform> p: array<vec4u, 2>;
@group(0) @binding(1) var<storage, read> bodies: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> out: array<vec4f>;

var<workgroup> tile: array<vec4f, 256>;

@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) t: u32) {
  let here = bodies[group.x * 256u + t].xyz;
  var felt = vec4f(0.0);
  for (var first = 0u; first < p[0].x; first += 256u) {
    tile[t] = bodies[first + t];
    workgroupBarrier();
    for (var j = 0u; j < 256u; j++) {
      let d = tile[j].xyz - here;
      let inverse = inverseSqrt(dot(d, d) + 0.015625);
      let m = (0.5 * tile[j].w + 0.5) * inverse;
      felt += vec4f(m * inverse * inverse * d, m);
    }
    workgroupBarrier();
  }
  out[group.x * 256u + t] = felt;
}
