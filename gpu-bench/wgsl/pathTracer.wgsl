// The scene of references/pathTracer.ts. p = (width, height, samples, key).
@group(0) @binding(0) var<uniform> p: array<vec4u, 2>;
@group(0) @binding(1) var<storage, read_write> out: array<vec4f>;

const balls = array<vec4f, 4>(vec4f(0.0, -101.0, -4.0, 100.0), vec4f(-1.25, 0.0, -4.0, 1.0), vec4f(1.25, 0.0, -4.0, 1.0), vec4f(0.0, 1.5, -5.0, 1.0));
const shade = array<vec3f, 4>(vec3f(0.5), vec3f(0.75, 0.25, 0.25), vec3f(0.25, 0.75, 0.25), vec3f(0.25, 0.25, 0.75));

var<private> draw_key: u32;
var<private> draw_count: u32;

fn scramble(word: u32) -> u32 {
  var h = word;
  h = (h ^ (h >> 16u)) * 0x85ebca6bu;
  h = (h ^ (h >> 13u)) * 0xc2b2ae35u;
  return h ^ (h >> 16u);
}

fn draw() -> f32 {
  let word = scramble(draw_key + draw_count);
  draw_count++;
  return f32(word >> 8u) / 16777216.0;
}

fn trace(first: vec3f) -> vec4f {
  var origin = vec3f(0.0);
  var direction = first;
  var weight = vec3f(1.0);
  for (var bounce = 0; bounce <= 4; bounce++) {
    var ball = -1;
    var distance = 1e9;
    for (var index = 0; index < 4; index++) {
      let to = balls[index].xyz - origin;
      let along = dot(to, direction);
      let off = to - along * direction;
      let inside = balls[index].w * balls[index].w - dot(off, off);
      if (inside <= 0.0) { continue; }
      let hit = along - sqrt(inside);
      if (hit > 0.001 && hit < distance) {
        ball = index;
        distance = hit;
      }
    }
    if (ball < 0) { return vec4f(weight * (1.0 + 0.5 * direction.y), 1.0); }
    origin += distance * direction;
    let normal = (origin - balls[ball].xyz) / balls[ball].w;
    weight *= shade[ball];
    let z = 1.0 - 2.0 * draw();
    let angle = 6.2831855 * draw();
    let ring = sqrt(max(0.0, 1.0 - z * z));
    direction = normalize(normal * 1.001 + vec3f(ring * cos(angle), ring * sin(angle), z));
  }
  return vec4f(0.0);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = id.y * groups.x * 64u + id.x;
  if (i >= p[0].x * p[0].y) { return; }
  let size = vec2f(f32(p[0].x), f32(p[0].y));
  let pixel = scramble(scramble(i) ^ p[0].w);
  var sum = vec4f(0.0);
  for (var sample = 0u; sample < p[0].z; sample++) {
    draw_key = scramble(pixel + sample * 0x9e3779b9u);
    draw_count = 0u;
    let x = (f32(i % p[0].x) + draw() - 0.5 * size.x) / size.y;
    let y = (0.5 * size.y - f32(i / p[0].x) - draw()) / size.y;
    sum += trace(normalize(vec3f(x, y, -1.0)));
  }
  out[i] = sum / f32(p[0].z);
}
