/** One instanced square for each unit; the fragment shader draws its shape by distance, in CSS px. */
export const VERTEX = `#version 300 es
precision highp float;
layout(location = 0) in vec2 corner;
layout(location = 1) in vec2 place;
layout(location = 2) in float angle;
layout(location = 3) in vec3 look;
uniform vec2 viewport;
uniform float scale;
out vec2 at;
out vec2 turned;
flat out vec3 style;
void main() {
  float reach = look.z > 0.5 ? 27.0 : 15.0;
  at = corner * reach;
  float c = cos(angle);
  float s = sin(angle);
  turned = vec2(c * at.x + s * at.y, c * at.y - s * at.x);
  style = look;
  vec2 px = place + at * scale;
  gl_Position = vec4(px.x / viewport.x * 2.0 - 1.0, 1.0 - px.y / viewport.y * 2.0, 0.0, 1.0);
}`;

export const FRAGMENT = `#version 300 es
precision highp float;
in vec2 at;
in vec2 turned;
flat in vec3 style;
uniform vec4 palette[9];
uniform float ratio;
uniform float scale;
out vec4 colour;

float edge(vec2 p, vec2 a, vec2 b) {
  vec2 e = b - a;
  vec2 w = p - a;
  return length(w - e * clamp(dot(w, e) / dot(e, e), 0.0, 1.0));
}
float side(vec2 p, vec2 a, vec2 b) {
  return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
}
float arrow(vec2 p) {
  p.x = abs(p.x);
  vec2 tip = vec2(0.0, -9.0);
  vec2 wing = vec2(6.5, 7.5);
  vec2 notch = vec2(0.0, 4.0);
  float d = min(edge(p, tip, wing), edge(p, wing, notch));
  bool inside = side(p, tip, wing) > 0.0 && side(p, wing, notch) > 0.0;
  return inside ? -d : d;
}
float shapeOf(float kind) {
  if (kind < 0.5) return arrow(turned);
  if (kind < 1.5) return length(at) - 6.0;
  if (kind < 2.5) return (abs(at.x) + abs(at.y) - 8.0) * 0.7071;
  if (kind < 3.5) return max(abs(at.x), abs(at.y)) - 5.2;
  return abs(length(at) - 5.0) - 2.2;
}
float cover(float d) {
  return clamp(0.5 - d * ratio * scale, 0.0, 1.0);
}
void over(vec4 paint, float amount) {
  float a = paint.a * amount;
  colour = vec4(paint.rgb * a, a) + colour * (1.0 - a);
}
// style: x shape; y look (moving, stopped, stale, offline, late); z marks: 1 alarm, + 2 selected or + 4 watched
void main() {
  colour = vec4(0.0);
  bool alarm = mod(style.z, 2.0) > 0.5;
  vec4 around = vec4(palette[7].rgb, 0.9);
  float r = length(at);
  if (alarm) {
    over(vec4(palette[5].rgb, 0.16), cover(r - 24.0));
    over(vec4(palette[5].rgb, 0.55), cover(abs(r - 24.0) - 0.75));
    over(palette[5], cover(abs(r - 16.5) - 1.0));
  }
  if (style.z > 3.5) {
    over(vec4(palette[8].rgb, 0.75), cover(abs(r - 13.0) - 0.7));
  } else if (style.z > 1.5) {
    over(vec4(palette[7].rgb, 0.5), cover(r - 14.0));
    over(palette[8], cover(abs(r - 14.0) - 1.1));
  }
  float d = shapeOf(style.x);
  int look = int(style.y + 0.5);
  vec4 fill = palette[alarm ? 6 : look];
  over(around, cover(d - 1.6));
  if (look == 2 || look == 3) {
    over(fill, cover(abs(d + 0.8) - 0.9));
  } else {
    over(fill, cover(d));
  }
  if (look == 2) {
    float ring = abs(length(at - vec2(9.0, -8.5)) - 3.2);
    over(around, cover(ring - 2.2));
    over(palette[2], cover(ring - 0.9));
  }
}`;
