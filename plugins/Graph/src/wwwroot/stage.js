// The canvas: where one is, how near, and what happens when a finger, a wheel or a key moves.
const NEAREST = 3;
const MARGIN = 0.35;
const still = matchMedia('(prefers-reduced-motion: reduce)');

export class Stage {
  camera = { x: 0, y: 0, s: 1 };
  #size = { w: 0, h: 0 };
  #pointers = new Map();
  #moved = 0;
  #frame = 0;
  #stale = true;
  #kept = document.createElement('canvas');
  #keptAt = null;
  #moving = null;

  /** @param {{paint: Function, marked: Function, bounds: Function, tap: Function, hover: Function}} what */
  constructor(place, canvas, what) {
    this.place = place;
    this.canvas = canvas;
    this.what = what;
    new ResizeObserver(() => this.#resize()).observe(place);
    place.addEventListener('pointerdown', event => this.#down(event));
    place.addEventListener('pointermove', event => this.#move(event));
    for (const end of ['pointerup', 'pointercancel']) place.addEventListener(end, event => this.#up(event, end === 'pointerup'));
    place.addEventListener('pointerleave', () => this.what.hover(null));
    place.addEventListener('wheel', event => this.#wheel(event), { passive: false });
  }

  get size() { return this.#size; }

  /** Everything is different: draw it anew. */
  change() {
    this.#stale = true;
    this.ask();
  }

  ask() { this.#frame ||= requestAnimationFrame(() => { this.#frame = 0; this.#draw(); }); }

  at(event) {
    const box = this.canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  /** From a place on the screen to one in the picture. */
  inside({ x, y }) { return { x: (x - this.camera.x) / this.camera.s, y: (y - this.camera.y) / this.camera.s }; }

  fit(quietly = false) {
    const { x, y, w, h } = this.what.bounds();
    const s = Math.min(1.15, (this.#size.w - 48) / w, (this.#size.h - 48) / h);
    this.#go({ s: Math.max(s, 0.005), x: this.#size.w / 2 - (x + w / 2) * s, y: this.#size.h / 2 - (y + h / 2) * s }, quietly);
  }

  /** Brings a box into the middle, near enough to be read. */
  centre(item, near = true, quietly = false) {
    const s = near ? Math.max(this.camera.s, 0.8) : this.camera.s;
    this.#go({ s, x: this.#size.w / 2 - (item.x + item.w / 2) * s, y: this.#size.h / 2 - (item.y + item.h / 2) * s }, quietly);
  }

  /** Looks at a box from where it can be read, and no farther beside the picture than there is something. */
  begin(item, s) {
    const { x, y, w, h } = this.what.bounds();
    const place = (at, size, from, length) => {
      const wanted = size / 2 - at * s;
      const [least, most] = [size - 24 - (from + length) * s, 24 - from * s];
      return least > most ? (least + most) / 2 : Math.min(most, Math.max(least, wanted));
    };
    this.#go({ s, x: place(item.x + item.w / 2, this.#size.w, x, w), y: place(item.y + item.h / 2, this.#size.h, y, h) }, true);
  }

  /** Moves only as far as it takes to see a box. */
  reveal(item) {
    const { x, y, s } = this.camera;
    const [left, top] = [item.x * s + x, item.y * s + y];
    if (s < 0.45 || left < 8 || top < 8 || left + item.w * s > this.#size.w - 8 || top + item.h * s > this.#size.h - 8) this.centre(item);
  }

  /** Moves, without zooming, until one sees as much of a box as fits, from its beginning on. */
  show(item) {
    const { x, y, s } = this.camera;
    const by = (from, length, size) => from + length > size - 8 ? Math.max(size - 8 - from - length, 8 - from) : Math.max(0, 8 - from);
    this.pan(by(item.x * s + x, item.w * s, this.#size.w), by(item.y * s + y, item.h * s, this.#size.h));
  }

  zoom(factor, around = { x: this.#size.w / 2, y: this.#size.h / 2 }) {
    const s = Math.min(NEAREST, Math.max(0.005, this.camera.s * factor));
    const by = s / this.camera.s;
    this.camera = { s, x: around.x - (around.x - this.camera.x) * by, y: around.y - (around.y - this.camera.y) * by };
    this.ask();
  }

  pan(x, y) {
    this.camera.x += x;
    this.camera.y += y;
    this.ask();
  }

  #go(to, quietly) {
    cancelAnimationFrame(this.#moving);
    if (quietly || still.matches || document.hidden) {
      this.camera = to;
      return this.ask();
    }
    const from = { ...this.camera };
    const begin = performance.now();
    const step = now => {
      const t = Math.min(1, Math.max(0, (now - begin) / 140));
      const ease = 1 - (1 - t) ** 3;
      const s = from.s * (to.s / from.s) ** ease;
      const mix = to.s === from.s ? ease : (s - from.s) / (to.s - from.s);
      this.camera = { s, x: from.x + (to.x - from.x) * mix, y: from.y + (to.y - from.y) * mix };
      this.ask();
      if (t < 1) this.#moving = requestAnimationFrame(step);
    };
    this.#moving = requestAnimationFrame(step);
  }

  #resize() {
    const { width, height } = this.place.getBoundingClientRect();
    if (!width || !height) return;
    const first = !this.#size.w;
    const ratio = devicePixelRatio;
    if (!first) this.pan((width - this.#size.w) / 2, (height - this.#size.h) / 2);
    this.#size = { w: width, h: height };
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.#stale = true;
    if (first) this.what.bounds() && this.fit(true);
    this.#draw();
  }

  /** What was drawn is kept with a margin around it; to look a little aside it is only shifted. */
  #draw() {
    const { w, h } = this.#size;
    if (!w || !this.what.bounds()) return;
    const ratio = devicePixelRatio;
    const [mx, my] = [Math.round(w * MARGIN), Math.round(h * MARGIN)];
    const kept = this.#keptAt;
    const shift = kept && kept.s === this.camera.s ? { x: this.camera.x - kept.x, y: this.camera.y - kept.y } : null;
    if (this.#stale || !shift || Math.abs(shift.x) > mx || Math.abs(shift.y) > my) {
      const size = { w: w + 2 * mx, h: h + 2 * my };
      this.#kept.width = Math.round(size.w * ratio);
      this.#kept.height = Math.round(size.h * ratio);
      const context = this.#kept.getContext('2d');
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      this.what.paint(context, { ...this.camera, x: this.camera.x + mx, y: this.camera.y + my }, size);
      this.#keptAt = { ...this.camera };
      this.#stale = false;
    }
    const context = this.canvas.getContext('2d');
    const at = this.#keptAt;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    context.drawImage(this.#kept, Math.round((this.camera.x - at.x - mx) * ratio), Math.round((this.camera.y - at.y - my) * ratio));
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.what.marked(context, this.camera);
  }

  #down(event) {
    if (event.button > 0 || event.target.closest('a, button, input')) return;
    cancelAnimationFrame(this.#moving);
    this.place.setPointerCapture(event.pointerId);
    this.#pointers.set(event.pointerId, this.at(event));
    if (this.#pointers.size === 1) this.#moved = 0;
    this.place.classList.add('moving');
  }

  #move(event) {
    const before = this.#pointers.get(event.pointerId);
    const now = this.at(event);
    if (!before) {
      if (event.pointerType === 'mouse') this.what.hover(this.inside(now));
      return;
    }
    this.#moved += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
    if (this.#pointers.size === 2) {
      const [other] = [...this.#pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
      const was = Math.hypot(before.x - other.x, before.y - other.y);
      const is = Math.hypot(now.x - other.x, now.y - other.y);
      const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
      this.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
      if (was > 0) this.zoom(is / was, middle);
    } else {
      this.pan(now.x - before.x, now.y - before.y);
    }
    this.#pointers.set(event.pointerId, now);
  }

  #up(event, whole) {
    if (!this.#pointers.delete(event.pointerId)) return;
    if (this.#pointers.size === 0) this.place.classList.remove('moving');
    if (whole && this.#moved < 6 && this.#pointers.size === 0) this.what.tap(this.inside(this.at(event)), event);
  }

  /** The wheel moves the picture once one is in it; before that, it moves the page. */
  #wheel(event) {
    const unit = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? this.#size.h : 1;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY * unit * (event.deltaMode === 0 && Math.abs(event.deltaY) < 40 ? 0.012 : 0.003)), this.at(event));
    } else if (this.place.contains(document.activeElement) || document.fullscreenElement?.contains(this.place)) {
      event.preventDefault();
      const [dx, dy] = event.shiftKey && !event.deltaX ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
      this.pan(-dx * unit, -dy * unit);
    }
  }
}
