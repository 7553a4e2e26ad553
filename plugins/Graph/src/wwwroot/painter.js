// Draws a scene: on the canvas as far as one sees it, or all of it into a file.
import { fit } from './scene.js';

/** From so far off a box is only a mark. */
const FAR = 0.26;
const TOKENS = ['paper', 'surface', 'sunken', 'line', 'line-strong', 'ink', 'ink-2', 'ink-3', 'accent', 'accent-soft', 'warn', 'warn-soft'];

/** The colours of the page at this moment: custom properties tell them only through something that has them. */
export const themeOf = element => {
  const probe = document.createElement('span');
  probe.hidden = true;
  element.append(probe);
  const theme = {};
  for (const token of TOKENS) {
    probe.style.color = `var(--${token})`;
    theme[token] = getComputedStyle(probe).color;
  }
  probe.remove();
  const family = getComputedStyle(element).fontFamily;
  theme.title = `600 13px ${family}`;
  theme.sub = `11px ${family}`;
  theme.family = family;
  theme.tiny = `10px ${family}`;
  theme.tinyAt = s => `${10 / s}px ${family}`;
  return theme;
};

/** Pictures of the kit's icons in one colour. */
export class Icons {
  #symbols;
  #made = new Map();

  constructor(address, changed) {
    this.changed = changed;
    this.ready = fetch(address).then(answer => answer.text()).then(text => {
      const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
      this.#symbols = new Map([...parsed.querySelectorAll('symbol')].map(symbol => [symbol.id, [symbol.getAttribute('viewBox') ?? '0 0 20 20', symbol.innerHTML]]));
      changed();
    }).catch(() => { this.#symbols = new Map(); });
  }

  markup(name, color, place) {
    const [box, inner] = this.#symbols?.get(name) ?? this.#symbols?.get('dot') ?? [];
    return inner === undefined ? '' : `<svg xmlns="http://www.w3.org/2000/svg" ${place} viewBox="${box}" fill="none" stroke="${color}" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">${inner}</svg>`;
  }

  of(name, color) {
    if (!this.#symbols) return null;
    const key = `${name} ${color}`;
    let image = this.#made.get(key);
    if (!image) {
      image = new Image();
      image.onload = () => this.changed();
      image.src = `data:image/svg+xml,${encodeURIComponent(this.markup(name, color, 'width="48" height="48"'))}`;
      this.#made.set(key, image);
    }
    return image.complete && image.naturalWidth > 0 ? image : null;
  }
}

/** Where a line runs: along its route, or from side to side. */
export const curve = (line, down) => {
  const route = line.points;
  if (route) {
    const commands = [['M', route[0].x, route[0].y]];
    for (let i = 1; i < route.length - 1; i++) {
      const next = i === route.length - 2 ? route[i + 1] : { x: (route[i].x + route[i + 1].x) / 2, y: (route[i].y + route[i + 1].y) / 2 };
      commands.push(['Q', route[i].x, route[i].y, next.x, next.y]);
    }
    if (route.length === 2) commands.push(['L', route[1].x, route[1].y]);
    const before = route[route.length - 2];
    const end = route[route.length - 1];
    return { commands, end, angle: Math.atan2(end.y - before.y, end.x - before.x), middle: middleOf(route) };
  }
  const { from, to } = line;
  if (from === to) {
    const x = from.x + from.w;
    const y = from.y + from.h / 2;
    return { commands: [['M', x, y - 8], ['C', x + 34, y - 26, x + 34, y + 26, x, y + 8]], end: { x, y: y + 8 }, angle: Math.PI, middle: { x: x + 26, y } };
  }
  const [a, b] = down
    ? [{ x: from.x + from.w / 2, y: from.y + from.h }, { x: to.x + to.w / 2, y: to.y }]
    : [{ x: from.x + from.w, y: from.y + from.h / 2 }, { x: to.x, y: to.y + to.h / 2 }];
  const away = down ? b.y - a.y : b.x - a.x;
  const bow = away > 0 ? Math.max(24, away / 2) : Math.min(220, 60 - away / 3);
  const [c, d] = down ? [{ x: a.x, y: a.y + bow }, { x: b.x, y: b.y - bow }] : [{ x: a.x + bow, y: a.y }, { x: b.x - bow, y: b.y }];
  return {
    commands: [['M', a.x, a.y], ['C', c.x, c.y, d.x, d.y, b.x, b.y]], end: b, angle: down ? Math.PI / 2 : 0,
    middle: { x: (a.x + 3 * c.x + 3 * d.x + b.x) / 8, y: (a.y + 3 * c.y + 3 * d.y + b.y) / 8 },
  };
};

const middleOf = route => {
  const lengths = route.slice(1).map((point, i) => Math.hypot(point.x - route[i].x, point.y - route[i].y));
  let half = lengths.reduce((sum, length) => sum + length, 0) / 2;
  for (const [i, length] of lengths.entries()) {
    if (half <= length && length > 0) return { x: route[i].x + (route[i + 1].x - route[i].x) * half / length, y: route[i].y + (route[i + 1].y - route[i].y) * half / length };
    half -= length;
  }
  return route[0];
};

const trace = (path, commands) => {
  for (const [letter, ...n] of commands) {
    if (letter === 'M') path.moveTo(n[0], n[1]);
    else if (letter === 'L') path.lineTo(n[0], n[1]);
    else if (letter === 'Q') path.quadraticCurveTo(...n);
    else path.bezierCurveTo(...n);
  }
};

const arrow = (path, { end, angle }, size = 8) => {
  path.moveTo(end.x, end.y);
  path.lineTo(end.x - size * Math.cos(angle - 0.4), end.y - size * Math.sin(angle - 0.4));
  path.lineTo(end.x - size * Math.cos(angle + 0.4), end.y - size * Math.sin(angle + 0.4));
  path.closePath();
};

/** Prepares what does not change while one looks around. */
export const prepare = scene => {
  scene.paths = new Path2D();
  scene.arrows = new Path2D();
  for (const line of scene.lines) {
    line.curve = curve(line, scene.down);
    trace(scene.paths, line.curve.commands);
    arrow(scene.arrows, line.curve);
  }
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  const reach = (x, y) => { left = Math.min(left, x); top = Math.min(top, y); right = Math.max(right, x); bottom = Math.max(bottom, y); };
  for (const item of scene.items()) {
    reach(item.x, item.y);
    reach(item.x + item.w, item.y + item.h);
  }
  for (const line of scene.lines) for (const point of line.points ?? []) reach(point.x, point.y);
  scene.bounds = Number.isFinite(left) ? { x: left, y: top, w: right - left, h: bottom - top } : { x: 0, y: 0, w: 1, h: 1 };
};

const rounded = (context, x, y, w, h, r) => { context.beginPath(); context.roundRect(x, y, w, h, r); };

/** One frame. The camera's x and y are where the origin is on the screen, its s how many pixels a unit has. */
export const paint = (context, scene, camera, size, theme, icons) => {
  const { x, y, s } = camera;
  context.clearRect(0, 0, size.w, size.h);
  const sees = item => item.x * s + x < size.w && (item.x + item.w) * s + x > 0 && item.y * s + y < size.h && (item.y + item.h) * s + y > 0;
  context.save();
  context.translate(x, y);
  context.scale(s, s);
  for (const frame of scene.frames) {
    if (!frame.members.length || !frame.open || !sees(frame)) continue;
    context.fillStyle = theme.sunken;
    context.strokeStyle = theme['line-strong'];
    context.lineWidth = Math.max(1, 0.6 / s);
    rounded(context, frame.x, frame.y, frame.w, frame.h, 12);
    context.fill();
    context.stroke();
  }
  const few = scene.lines.length <= 3000;
  context.globalAlpha = scene.lines.length > 400 ? 0.45 : 1;
  context.strokeStyle = theme['line-strong'];
  context.lineWidth = Math.min(1.6, 1.2 / Math.sqrt(Math.max(s, 0.05)) * (few ? 1 : 0.6));
  context.stroke(scene.paths);
  if (s > 0.18) {
    context.fillStyle = theme['ink-3'];
    context.fill(scene.arrows);
  }
  context.globalAlpha = 1;
  const small = s < FAR;
  for (const node of scene.nodes) {
    if (scene.isOn(node) && sees(node)) box(context, node, s, small, theme, icons);
  }
  for (const frame of scene.frames) {
    if (frame.members.length && !frame.open && sees(frame)) shut(context, frame, s, theme);
  }
  context.restore();
  labels(context, scene, camera, size, theme);
};

const box = (context, node, s, small, theme, icons) => {
  context.fillStyle = node.missing ? theme['warn-soft'] : node.root ? theme['accent-soft'] : theme.surface;
  context.strokeStyle = node.missing ? theme.warn : node.root ? theme.accent : theme['line-strong'];
  if (small) {
    context.fillStyle = node.missing ? theme.warn : node.root ? theme.accent : theme['line-strong'];
    context.fillRect(node.x, node.y, node.w, node.h);
    return;
  }
  context.lineWidth = Math.max(1, 0.5 / s);
  rounded(context, node.x, node.y, node.w, node.h, 8);
  context.fill();
  if (node.missing) context.setLineDash([4, 3]);
  context.stroke();
  context.setLineDash([]);
  if (s < 0.42) {
    // From a little farther off there is room for the name only, in letters that one can still read.
    const wide = Math.floor(node.w * s) - 6;
    if (node.smallFor !== wide) Object.assign(node, { smallFor: wide, small: fit(node.title, wide, theme.tiny) });
    context.fillStyle = theme.ink;
    context.font = theme.tinyAt(s);
    context.textBaseline = 'middle';
    context.fillText(node.small, node.x + 3 / s, node.y + node.h / 2 + 0.5 / s);
    context.textBaseline = 'alphabetic';
    return;
  }
  const icon = icons.of(node.icon, node.root ? theme.accent : theme['ink-3']);
  if (icon) context.drawImage(icon, node.x + 9, node.y + 12, 16, 16);
  context.fillStyle = theme.ink;
  context.font = theme.title;
  context.textBaseline = 'alphabetic';
  context.fillText(node.shown, node.x + 33, node.y + 18);
  context.fillStyle = node.missing ? theme.warn : theme['ink-3'];
  context.font = theme.sub;
  context.fillText(node.shownBelow, node.x + 33, node.y + 32);
};

const shut = (context, frame, s, theme) => {
  context.fillStyle = theme.sunken;
  context.strokeStyle = theme['ink-3'];
  context.lineWidth = Math.max(1, 0.5 / s);
  for (const shift of [4, 0]) {
    rounded(context, frame.x + shift, frame.y - shift, frame.w - 4, frame.h, 10);
    context.fill();
    context.stroke();
  }
  if (s < 0.42) return;
  context.fillStyle = theme.ink;
  context.font = theme.title;
  context.fillText(fit(frame.title, frame.w - 40, theme.title), frame.x + 14, frame.y + 20);
  context.fillStyle = theme['ink-3'];
  context.font = theme.sub;
  context.fillText(frame.label ?? '', frame.x + 14, frame.y + 36);
  context.font = theme.title;
  context.fillText('+', frame.x + frame.w - 22, frame.y + 20);
};

/** Texts that keep their size: titles of frames, counts on lines, and from afar the names of what has most to do with others. */
const labels = (context, scene, { x, y, s }, size, theme) => {
  const taken = [];
  const place = (text, cx, cy, font, color, back, force) => {
    context.font = font;
    const w = context.measureText(text).width + 10;
    const at = { x: cx - w / 2, y: cy - 9, w, h: 18 };
    if (at.x > size.w || at.x + w < 0 || at.y > size.h || at.y + 18 < 0) return;
    if (!force && taken.some(other => other.x < at.x + at.w && at.x < other.x + other.w && other.y < at.y + at.h && at.y < other.y + other.h)) return;
    taken.push(at);
    if (back) {
      context.fillStyle = back;
      rounded(context, at.x, at.y, at.w, at.h, 9);
      context.fill();
    }
    context.fillStyle = color;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(text, cx, cy);
    context.textAlign = 'start';
    context.textBaseline = 'alphabetic';
  };
  const tiny = `600 12px ${theme.family}`;
  const plain = `11px ${theme.family}`;
  for (const frame of [...scene.frames].sort((a, b) => b.members.length - a.members.length).slice(0, 400)) {
    if (!frame.members.length || (!frame.open && s >= 0.42)) continue;
    const wide = frame.w * s;
    if (frame.open && s >= 0.42) {
      const left = Math.max(frame.x * s + x, 0) + 12;
      const top = frame.y * s + y;
      if (left > size.w || top > size.h || (frame.y + frame.h) * s + y < 0 || (frame.x + frame.w) * s + x < 0) continue;
      const font = `600 ${Math.min(13, Math.max(9, 13 * s))}px ${theme.family}`;
      context.font = font;
      context.fillStyle = theme['ink-2'];
      context.fillText(fit(`${frame.title}${frame.stack ? '' : ` · ${frame.members.length}`}  −`, Math.max(60, wide - 20), font), frame.x * s + x + 12, top + Math.min(20, 14 * s + 6));
      continue;
    }
    place(fit(`${frame.title}${frame.stack ? '' : ` · ${frame.members.length}`}`, Math.max(130, wide), tiny), (frame.x + frame.w / 2) * s + x, (frame.y + (frame.open ? 8 : frame.h / 2)) * s + y, tiny, theme.ink, theme.surface);
  }
  if (s < FAR && scene.nodes.length > 0) {
    scene.important ??= [...scene.nodes].filter(node => !node.frame).sort((a, b) => (b.root ? 1e6 : 0) + scene.out[b.index].length + scene.in[b.index].length - (a.root ? 1e6 : 0) - scene.out[a.index].length - scene.in[a.index].length).slice(0, 400);
    let shown = 0;
    for (const node of scene.important) {
      if (taken.length > 140 || shown > 90) break;
      place(fit(node.title, 150, plain), (node.x + node.w / 2) * s + x, (node.y + node.h / 2) * s + y, plain, theme.ink, theme.surface);
      shown++;
    }
  }
  // What is written on a line never covers a name.
  const boxes = s >= 0.42 ? [...scene.frames.filter(frame => frame.members.length && !frame.open), ...scene.nodes.filter(node => scene.isOn(node))] : [];
  for (const item of boxes.slice(0, 1500)) {
    const at = { x: item.x * s + x, y: item.y * s + y, w: item.w * s, h: item.h * s };
    if (at.x < size.w && at.x + at.w > 0 && at.y < size.h && at.y + at.h > 0) taken.push(at);
  }
  const counted = s >= 0.12 ? scene.lines.filter(line => line.edges.length > 1) : [];
  for (const line of counted.slice(0, 600)) {
    if (s < 0.3 && line.edges.length < 3) continue;
    place(line.edges.length.toLocaleString('en'), line.curve.middle.x * s + x, line.curve.middle.y * s + y, plain, theme['ink-2'], theme.paper);
  }
  if (s >= 0.7 && scene.lines.length <= 200 && !scene.sameWords) {
    for (const line of scene.lines) {
      if (line.edges.length === 1) place(fit(scene.edges[line.edges[0]].words, 150, plain), line.curve.middle.x * s + x, line.curve.middle.y * s + y, plain, theme['ink-3'], theme.paper);
    }
  }
};

/** What is looked at: its box, its relations one by one, and whoever is at their other ends. */
export const paintMarked = (context, scene, camera, theme, icons, { node, found }) => {
  const { x, y, s } = camera;
  context.save();
  context.translate(x, y);
  context.scale(s, s);
  context.lineWidth = Math.max(2, 2 / s);
  context.strokeStyle = theme.accent;
  for (const match of found ?? []) {
    const at = scene.isOn(match) ? match : match.frame;
    context.globalAlpha = 0.55;
    rounded(context, at.x - 3 / s, at.y - 3 / s, at.w + 6 / s, at.h + 6 / s, 10);
    context.stroke();
    context.globalAlpha = 1;
  }
  if (node) {
    const stands = one => scene.isOn(one) ? one : one.frame;
    const path = new Path2D();
    const heads = new Path2D();
    for (const index of [...scene.out[node.index], ...scene.in[node.index]].slice(0, 600)) {
      const edge = scene.edges[index];
      if (edge.from !== edge.to && stands(scene.nodes[edge.from]) === stands(scene.nodes[edge.to])) continue;
      const drawn = scene.lines.find(line => line.edges.length === 1 && line.edges[0] === index);
      const line = drawn ?? { from: stands(scene.nodes[edge.from]), to: stands(scene.nodes[edge.to]) };
      const way = curve(line, scene.down);
      trace(path, way.commands);
      arrow(heads, way, Math.min(30, 9 / Math.min(1, s)));
    }
    context.lineWidth = Math.max(1.6, 1.4 / s);
    context.stroke(path);
    context.fillStyle = theme.accent;
    context.fill(heads);
    const around = [...scene.neighbours(node.index)].slice(0, 600);
    for (const index of around) {
      const other = stands(scene.nodes[index]);
      rounded(context, other.x, other.y, other.w, other.h, 8);
      context.stroke();
    }
    const itself = stands(node);
    if (scene.isOn(node)) box(context, node, s, s < FAR, theme, icons);
    context.lineWidth = Math.max(2.5, 2.5 / s);
    rounded(context, itself.x - 2 / s, itself.y - 2 / s, itself.w + 4 / s, itself.h + 4 / s, 9);
    context.stroke();
  }
  context.restore();
};
