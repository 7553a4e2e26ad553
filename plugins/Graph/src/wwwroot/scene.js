// What is to be drawn, out of what the server tells: boxes, frames around groups, and lines between them.
export const BOX = 40;
const WIDEST = 240;
const STACK = 9;
const FEW = 60;
const SHUT_ABOVE = 400;

const measuring = document.createElement('canvas').getContext('2d');

/** A text cut to a width, not in the middle of a character. */
export const fit = (text, width, font) => {
  measuring.font = font;
  if (measuring.measureText(text).width <= width) return text;
  const letters = Array.from(text);
  let low = 0;
  let high = letters.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (measuring.measureText(letters.slice(0, middle).join('') + '…').width <= width) low = middle;
    else high = middle - 1;
  }
  return letters.slice(0, low).join('').trimEnd() + '…';
};

const widthOf = (text, font) => {
  measuring.font = font;
  return measuring.measureText(text).width;
};

export const subtitle = node => node.missing ? 'missing' : [node.type ?? node.kind, node.lifecycle].filter(Boolean).join(' · ');

/** The same words for one and for many, as far as a picture needs them. */
const many = (count, node) => {
  const word = node.missing ? 'missing entity' : node.kind === 'API' ? `${node.type ? `${node.type} ` : ''}API` : (node.type ?? node.kind).toLowerCase();
  if (count === 1) return `1 ${word}`;
  const plural = /[^aeiou]y$/.test(word) ? word.slice(0, -1) + 'ies' : /(s|x|ch|sh)$/.test(word) ? word + 'es' : word + 's';
  return `${count.toLocaleString('en')} ${plural}`;
};

export class Scene {
  constructor(view, fonts) {
    this.view = view;
    this.down = view.down;
    this.nodes = view.nodes.map((node, index) => this.#box(node, index, fonts));
    const begins = view.nodes.length > 1 && /[?&]root=/.test(view.address);
    for (const node of this.nodes) node.root = begins && node.distance === 0;
    this.out = this.nodes.map(() => []);
    this.in = this.nodes.map(() => []);
    this.edges = view.edges.map(([from, to, ...relations], index) => {
      this.out[from].push(index);
      this.in[to].push(index);
      return { from, to, words: relations.map(number => view.relations[number].words).join(', '), inverse: relations.map(number => view.relations[number].inverseWords).join(', ') };
    });
    this.frames = view.groups.map((group, index) => ({ key: group.ref ?? group.title, title: group.title, ref: group.ref, group: index, members: [], open: true }));
    for (const node of this.nodes) {
      if (node.group >= 0) this.frames[node.group].members.push(node.index);
    }
    if (view.groupedBy === 'none') view.edges.length ? this.#stack() : this.#sort();
    // Of a tree the top stands by itself.
    const outside = this.nodes.filter(node => !['none', 'tree'].includes(view.groupedBy) && node.group < 0 && !node.root);
    if (outside.length >= STACK) this.frames.push({ key: 'outside', title: { system: 'In no system', domain: 'In no domain', owner: 'Nobody owns' }[view.groupedBy] ?? 'Others', members: outside.map(node => node.index), open: true });
    for (const frame of this.frames) {
      // Where it begins is never lost in a crowd.
      if (frame.members.length > FEW) frame.members = frame.members.filter(member => !this.nodes[member].root);
      // A group of nothing but itself is a box.
      if (frame.members.length === 1 && frame.ref && this.nodes[frame.members[0]].ref === frame.ref) frame.members = [];
      for (const member of frame.members) this.nodes[member].frame = frame;
      frame.label = view.groupedBy === 'tree' && frame.ref ? `${(frame.members.length - 1).toLocaleString('en')} below` : `${frame.members.length.toLocaleString('en')} ${frame.members.length === 1 ? 'entity' : 'entities'}`;
      frame.least = Math.min(WIDEST, widthOf(frame.title, fonts.title) + 64);
      frame.shut = Math.min(WIDEST + 40, Math.max(frame.stack ? 180 : 120, widthOf(frame.title, fonts.title) + 44));
      // What it holds stands in its title; a few names say more than nothing.
      if (frame.stack) frame.label = fit(frame.members.slice(0, 5).map(member => this.nodes[member].title).join(', '), frame.shut - 30, fonts.sub);
    }
    this.fonts = fonts;
    // Where all lines mean the same it is said once, not on each.
    const words = new Set(this.edges.slice(0, 5000).map(edge => edge.words));
    this.sameWords = this.edges.length > 3 && words.size === 1 ? [...words][0] : null;
  }

  #box(node, index, fonts) {
    const below = subtitle(node);
    const text = Math.min(WIDEST - 44, Math.max(widthOf(node.title, fonts.title), widthOf(below, fonts.sub), 56));
    return { group: -1, ...node, index, below, w: Math.ceil(text + 44), h: BOX, shown: fit(node.title, text + 1, fonts.title), shownBelow: fit(below, text + 1, fonts.sub) };
  }

  /** Many that have to do with one only, and in the same way, stand together: a hub stays readable. */
  #stack() {
    const stacks = new Map();
    for (const node of this.nodes) {
      const edges = [...this.out[node.index], ...this.in[node.index]];
      if (edges.length === 0) {
        stacks.has('alone') ? stacks.get('alone').push(node.index) : stacks.set('alone', [node.index]);
        continue;
      }
      if (edges.length !== 1 || node.distance === 0 && this.view.nodes.some(other => other.distance > 0)) continue;
      const edge = this.edges[edges[0]];
      const hub = edge.from === node.index ? edge.to : edge.from;
      if (this.out[hub].length + this.in[hub].length < 2) continue;
      const key = `${hub} ${edge.from === hub} ${edge.words} ${node.kind} ${node.type ?? ''}`;
      stacks.has(key) ? stacks.get(key).push(node.index) : stacks.set(key, [node.index]);
    }
    for (const [key, members] of stacks) {
      if (members.length < STACK) continue;
      this.frames.push({ key, title: key === 'alone' ? `${members.length.toLocaleString('en')} without a relation here` : many(members.length, this.nodes[members[0]]), members, open: true, stack: true });
    }
  }

  /** Where nothing has to do with anything: like beside like, so that a wall of boxes becomes a few of them with their numbers. */
  #sort() {
    if (this.nodes.length < STACK) return;
    const sorts = new Map();
    for (const node of this.nodes) {
      const key = node.missing ? 'missing' : `${node.kind} ${node.type ?? ''}`;
      sorts.has(key) ? sorts.get(key).push(node.index) : sorts.set(key, [node.index]);
    }
    for (const [key, members] of [...sorts].sort((a, b) => b[1].length - a[1].length)) {
      if (members.length > 2) this.frames.push({ key: `alike ${key}`, title: many(members.length, this.nodes[members[0]]), members, open: true, stack: true });
    }
  }

  /** Which frames are open at first: those of a tree, large ones without lines, and all of very many would hide the whole. */
  opens(frame) {
    const count = this.nodes.length;
    if (frame.members.some(member => this.nodes[member].root)) return true;
    if (this.view.groupedBy === 'tree') return false;
    if (this.edges.length === 0) return count <= FEW || frame.stack && frame.members.length <= STACK;
    return count <= SHUT_ABOVE && !(frame.key === 'alone' && frame.members.length > FEW);
  }

  /** What the outer layout places: frames, and the boxes that are in none. */
  items() {
    return [...this.frames.filter(frame => frame.members.length > 0), ...this.nodes.filter(node => !node.frame)];
  }

  /** What stands for a node: itself, or the frame that it is in. */
  itemOf(index) {
    return this.nodes[index].frame ?? this.nodes[index];
  }

  /** Whether a box is on the picture. */
  isOn(node) {
    return !node.frame || node.frame.open;
  }

  /** Lines between what the outer layout places, each with how many relations it stands for. */
  bundles() {
    const bundles = new Map();
    const ids = new Map(this.items().map((item, index) => [item, index]));
    this.edges.forEach((edge, index) => {
      const from = this.itemOf(edge.from);
      const to = this.itemOf(edge.to);
      if (from === to) return;
      const key = ids.get(from) * 100003 + ids.get(to);
      const known = bundles.get(key);
      if (known) known.edges.push(index);
      else bundles.set(key, { from, to, edges: [index] });
    });
    return [...bundles.values()];
  }

  /** What has most to do with others. */
  busiest() {
    const lines = node => node.frame?.key === 'outside' ? -1 : this.out[node.index].length + this.in[node.index].length;
    return this.nodes.reduce((most, node) => lines(node) > lines(most) ? node : most, this.nodes[0]);
  }

  /** The entities on the other ends of a node's relations. */
  neighbours(index) {
    return new Set([...this.out[index].map(edge => this.edges[edge].to), ...this.in[index].map(edge => this.edges[edge].from)]);
  }
}
