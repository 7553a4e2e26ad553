// Where everything stands. ELK lays out what it can within moments; for the rest, and where it is missing, a simpler way does.
const PAD = 14;
const TITLE = 30;
const MOST_WHOLE = 150;
// Beyond this ELK takes longer than one waits for a picture, and what it makes is no easier to read.
const MOST_LAYERED = 150;

class Elk {
  #worker;
  #waiting = new Map();
  #next = 1;

  constructor(address) {
    this.#worker = new Worker(address);
    this.#worker.onmessage = ({ data }) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if (waiting) data.error ? waiting.reject(new Error(data.error.message ?? 'ELK could not lay it out')) : waiting.resolve(data.data);
    };
    this.#worker.onerror = () => {
      this.broken = true;
      for (const { reject } of this.#waiting.values()) reject(new Error('ELK does not run'));
      this.#waiting.clear();
    };
    this.#send({ cmd: 'register', algorithms: ['layered'] });
  }

  layout(graph) { return this.#send({ cmd: 'layout', graph, layoutOptions: {}, options: {} }); }

  #send(message) {
    const id = this.#next++;
    this.#worker.postMessage({ id, ...message });
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }
}

const layered = (down, aspect, more) => ({
  'elk.algorithm': 'layered', 'elk.direction': down ? 'DOWN' : 'RIGHT', 'elk.aspectRatio': `${aspect}`, 'elk.edgeRouting': 'POLYLINE',
  'elk.spacing.nodeNode': '18', 'elk.spacing.componentComponent': '40', 'elk.layered.spacing.nodeNodeBetweenLayers': down ? '56' : '72',
  'elk.layered.spacing.edgeNodeBetweenLayers': '16', 'elk.spacing.edgeNode': '12', 'elk.json.shapeCoords': 'ROOT', 'elk.json.edgeCoords': 'ROOT', ...more,
});

export class Layouts {
  #elk;

  constructor(address) {
    if (address && 'Worker' in globalThis) {
      try { this.#elk = new Elk(address); } catch { /* a browser that runs no workers gets the simpler layout */ }
    }
  }

  /** Places all of a scene and tells its lines. */
  async arrange(scene, aspect) {
    const open = scene.frames.filter(frame => frame.open && !frame.stack);
    const drawn = scene.nodes.filter(node => scene.isOn(node)).length;
    if (this.#can && open.length > 0 && drawn <= MOST_WHOLE && scene.edges.length <= MOST_WHOLE * 3) {
      try { return await this.#whole(scene, aspect); } catch { /* the parts one by one, then */ }
    }
    await this.#insides(scene);
    await this.#outside(scene, aspect);
  }

  get #can() { return this.#elk && !this.#elk.broken; }

  /** Groups and what is in them at once, with every relation as a line of its own. */
  async #whole(scene, aspect) {
    const down = scene.down;
    const box = node => ({ id: `n${node.index}`, width: node.w, height: node.h });
    const children = scene.items().map(item => !item.members ? box(item)
      : item.open && !item.stack ? { id: `f${scene.frames.indexOf(item)}`, children: item.members.map(member => box(scene.nodes[member])), layoutOptions: { 'elk.padding': `[top=${TITLE + 6},left=${PAD},bottom=${PAD},right=${PAD}]`, 'elk.nodeSize.constraints': 'MINIMUM_SIZE', 'elk.nodeSize.minimum': `(${Math.ceil(item.least)},40)` } }
      : { id: `f${scene.frames.indexOf(item)}`, width: item.shut, height: 48 });
    const end = index => scene.isOn(scene.nodes[index]) ? `n${index}` : `f${scene.frames.indexOf(scene.nodes[index].frame)}`;
    const lines = new Map();
    scene.edges.forEach((edge, index) => {
      const [from, to] = [end(edge.from), end(edge.to)];
      if (from === to && from[0] === 'f') return;
      const key = `${from} ${to}`;
      lines.has(key) ? lines.get(key).edges.push(index) : lines.set(key, { from, to, edges: [index] });
    });
    const list = [...lines.values()];
    const placed = await this.#elk.layout({
      id: 'all', children, edges: list.map((line, index) => ({ id: `e${index}`, sources: [line.from], targets: [line.to] })),
      layoutOptions: layered(down, aspect, { 'elk.hierarchyHandling': 'INCLUDE_CHILDREN', 'elk.layered.thoroughness': '4' }),
    });
    const at = new Map();
    for (const child of placed.children) {
      at.set(child.id, child);
      for (const inner of child.children ?? []) at.set(inner.id, inner);
    }
    for (const item of scene.items()) {
      const place = at.get(item.members ? `f${scene.frames.indexOf(item)}` : `n${item.index}`);
      Object.assign(item, { x: place.x, y: place.y, w: place.width, h: place.height });
      if (item.members && item.open) {
        for (const member of item.members) Object.assign(scene.nodes[member], { x: at.get(`n${member}`).x, y: at.get(`n${member}`).y });
      }
    }
    const routes = new Map((placed.edges ?? []).map(edge => [edge.id, edge]));
    const thing = id => id[0] === 'n' ? scene.nodes[id.slice(1)] : scene.frames[id.slice(1)];
    scene.lines = list.map((line, index) => ({ from: thing(line.from), to: thing(line.to), edges: line.edges, points: points(routes.get(`e${index}`)) }));
  }

  /** What is in each open frame: small ones with relations in layers, others in rows. */
  async #insides(scene) {
    for (const frame of scene.frames) {
      if (!frame.open) {
        Object.assign(frame, { w: frame.shut, h: 48, inner: [] });
        continue;
      }
      const inside = new Set(frame.members);
      const edges = frame.stack || frame.members.length > 30 ? [] : frame.members.flatMap(member => scene.out[member].filter(edge => inside.has(scene.edges[edge].to) && scene.edges[edge].to !== member));
      rows(scene, frame);
      frame.inner = edges;
    }
  }

  async #outside(scene, aspect) {
    const items = scene.items();
    const bundles = scene.bundles();
    const ids = new Map(items.map((item, index) => [item, index]));
    const plain = bundles.length <= items.length * 3 + 60;
    let routes = null;
    if (this.#can && items.length <= MOST_LAYERED) {
      try {
        const used = plain ? bundles : strongest(items, bundles, ids);
        const rich = items.length <= 80;
        const placed = await this.#elk.layout({
          id: 'all', children: items.map((item, index) => ({ id: `${index}`, width: item.w, height: item.h })),
          edges: used.map((bundle, index) => ({ id: `e${index}`, sources: [`${ids.get(bundle.from)}`], targets: [`${ids.get(bundle.to)}`] })),
          layoutOptions: layered(scene.down, aspect, rich
            ? { 'elk.layered.thoroughness': '5', 'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF', 'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED' }
            : { 'elk.layered.thoroughness': '1', 'elk.layered.nodePlacement.strategy': 'SIMPLE', 'elk.layered.crossingMinimization.greedySwitch.type': 'OFF' }),
        });
        for (const [index, place] of placed.children.entries()) Object.assign(items[index], { x: place.x, y: place.y });
        if (plain) routes = new Map(placed.edges.map((edge, index) => [used[index], points(edge)]));
      } catch { routes = null; simply(items, bundles, ids, scene.down, aspect); }
    } else {
      simply(items, bundles, ids, scene.down, aspect);
    }
    for (const frame of scene.frames) {
      if (!frame.open) continue;
      for (const member of frame.members) {
        const node = scene.nodes[member];
        node.x = frame.x + node.dx;
        node.y = frame.y + node.dy;
      }
    }
    scene.lines = bundles.map(bundle => ({ ...bundle, points: routes?.get(bundle) ?? null }));
    for (const frame of scene.frames) {
      for (const edge of frame.inner ?? []) scene.lines.push({ from: scene.nodes[scene.edges[edge].from], to: scene.nodes[scene.edges[edge].to], edges: [edge], points: null });
    }
  }
}

const points = edge => {
  const section = edge?.sections?.[0];
  return section ? [section.startPoint, ...(section.bendPoints ?? []), section.endPoint] : null;
};

/** Members of a frame in rows, about as wide as high. */
const rows = (scene, frame) => {
  const members = frame.members.map(member => scene.nodes[member]);
  const area = members.reduce((sum, node) => sum + (node.w + 10) * (node.h + 8), 0);
  const most = Math.max(260, Math.sqrt(area * 1.7));
  let x = PAD;
  let y = TITLE + 4;
  let widest = Math.max(140, frame.least ?? 0);
  for (const node of members) {
    if (x > PAD && x + node.w > most) {
      x = PAD;
      y += node.h + 8;
    }
    node.dx = x;
    node.dy = y;
    x += node.w + 10;
    widest = Math.max(widest, x - 10 + PAD);
  }
  Object.assign(frame, { w: widest, h: y + (members[0]?.h ?? 0) + PAD });
};

/** For each item the line that stands for most, and then the strongest up to one and a half for each: enough to know what belongs where. */
const strongest = (items, bundles, ids) => {
  const sorted = [...bundles].sort((a, b) => b.edges.length - a.edges.length);
  const held = new Set();
  const kept = new Set();
  for (const bundle of sorted) {
    const [from, to] = [ids.get(bundle.from), ids.get(bundle.to)];
    if (held.has(from) && held.has(to)) continue;
    held.add(from).add(to);
    kept.add(bundle);
  }
  for (const bundle of sorted) {
    if (kept.size >= items.length * 1.5) break;
    kept.add(bundle);
  }
  return [...kept];
};

/** Layers by the longest way, in each the order that keeps neighbours near, and high layers broken into several. */
const simply = (items, bundles, ids, down, aspect) => {
  const count = items.length;
  const out = items.map(() => []);
  const into = items.map(() => []);
  for (const bundle of bundles) {
    const [from, to] = [ids.get(bundle.from), ids.get(bundle.to)];
    out[from].push(to);
    into[to].push(from);
  }
  const layer = new Int32Array(count);
  const open = into.map(list => list.length);
  const done = new Uint8Array(count);
  let queue = open.flatMap((number, index) => number === 0 ? [index] : []);
  let scan = 0;
  for (let placed = 0; placed < count;) {
    if (queue.length === 0) {
      while (done[scan]) scan++;
      queue = [scan];
    }
    const next = [];
    for (const index of queue) {
      if (done[index]) continue;
      done[index] = 1;
      placed++;
      for (const to of out[index]) {
        if (done[to]) continue;
        layer[to] = Math.max(layer[to], layer[index] + 1);
        if (--open[to] === 0) next.push(to);
      }
    }
    queue = next;
  }
  const layers = [];
  for (let index = 0; index < count; index++) (layers[layer[index]] ??= []).push(index);
  const filled = layers.filter(Boolean);
  const rank = new Float64Array(count);
  const order = list => list.forEach((index, at) => { rank[index] = at / Math.max(1, list.length); });
  filled.forEach(order);
  for (let sweep = 0; sweep < 6; sweep++) {
    for (const list of sweep % 2 ? [...filled].reverse() : filled) {
      const wish = new Map(list.map(index => {
        const near = sweep % 2 ? out[index] : into[index];
        return [index, near.length ? near.reduce((sum, other) => sum + rank[other], 0) / near.length : rank[index]];
      }));
      list.sort((a, b) => wish.get(a) - wish.get(b));
      order(list);
    }
  }
  const [along, across] = down ? ['h', 'w'] : ['w', 'h'];
  const total = items.reduce((sum, item) => sum + (item.w + 40) * (item.h + 18), 0);
  const most = Math.max(600, Math.sqrt(total / (down ? 1 / aspect : aspect)) * 1.3);
  let at = 0;
  for (const list of filled) {
    let size = 0;
    let column = [];
    const end = () => {
      let from = -size / 2;
      const wide = Math.max(...column.map(index => items[index][along]));
      for (const index of column) {
        Object.assign(items[index], down ? { x: from, y: at } : { x: at, y: from });
        from += items[index][across] + 18;
      }
      at += wide + 40;
      size = 0;
      column = [];
    };
    for (const index of list) {
      if (column.length > 0 && size + items[index][across] > most) end();
      column.push(index);
      size += items[index][across] + 18;
    }
    end();
    at += 60;
  }
};
