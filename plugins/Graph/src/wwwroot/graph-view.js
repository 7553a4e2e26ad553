// The picture of what talks to what. The page says the same in a table, which is all there is without this script.
import { save, toPng, toSvg } from './export.js';
import { Layouts } from './layout.js';
import { Icons, paint, paintMarked, prepare, themeOf } from './painter.js';
import { Scene, subtitle } from './scene.js';
import { Stage } from './stage.js';

// From farther off names are hard to read, with a root to begin at, and then they are only marks.
const READABLE = 0.72;
const OVERVIEW = 0.45;
// A larger group stays closed when something in it is found.
const MOST_OPENED = 200;
const LISTS = ['list', 'offset', 'showFilters'];
const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children);
  return element;
};
const entityPage = ref => {
  const [kind, rest] = [ref.slice(0, ref.indexOf(':')), ref.slice(ref.indexOf(':') + 1)];
  return `/catalog/${[rest.slice(0, rest.indexOf('/')), kind, rest.slice(rest.indexOf('/') + 1)].map(encodeURIComponent).join('/')}`;
};
const counted = (count, one, many) => `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

customElements.define('graph-view', class extends HTMLElement {
  #scene;
  #stage;
  #layouts;
  #icons;
  #theme;
  #node = null;
  #found = [];
  #foundAt = -1;
  #asked;
  #opened = new Map();

  connectedCallback() {
    if (this.#stage) return;
    this.#layouts = new Layouts(this.dataset.worker);
    this.#build();
    this.#icons = new Icons(this.dataset.icons, () => this.#stage.change());
    this.#theme = themeOf(this);
    this.#stage = new Stage(this.place, this.canvas, {
      bounds: () => this.#scene?.bounds,
      paint: (context, camera, size) => paint(context, this.#scene, camera, size, this.#theme, this.#icons),
      marked: (context, camera) => { if (this.#node || this.#found.length) paintMarked(context, this.#scene, camera, this.#theme, this.#icons, { node: this.#node, found: this.#found.slice(0, 500) }); },
      tap: (point, event) => this.#tap(point, event),
      hover: point => this.#hover(point),
    });
    this.#follow();
    this.#load(location.href);
  }

  /** The whole of it is made here: without this script none of it would do anything. */
  #build() {
    const icon = name => {
      const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
      svg.setAttribute('class', 'icon');
      svg.setAttribute('aria-hidden', 'true');
      const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
      use.setAttribute('href', `${this.dataset.icons}#${name}`);
      svg.append(use);
      return svg;
    };
    const button = (label, act, ...content) => make('button', { type: 'button', class: 'btn bare', 'aria-label': label, title: label, onclick: act }, ...content);
    this.search = make('input', { type: 'search', placeholder: 'Find in the graph', 'aria-label': 'Find in the graph', maxlength: 100, onkeydown: event => this.#searchKey(event), oninput: () => this.#search() });
    this.counter = make('output', { class: 'dim' });
    this.groups = make('span', { class: 'row', hidden: true },
      button('Expand all groups', () => this.#openAll(true), icon('plus-circle'), 'Expand all'), button('Collapse all groups', () => this.#openAll(false), icon('box'), 'Collapse all'));
    this.bar = make('div', { class: 'graph-bar', role: 'group', 'aria-label': 'Picture' },
      make('span', { class: 'search' }, icon('search'), this.search, this.counter), this.groups, make('span', { class: 'grow' }),
      make('span', { class: 'row' }, button('Zoom out', () => this.#stage.zoom(1 / 1.3), '−'), button('Zoom in', () => this.#stage.zoom(1.3), '+'), button('Fit all into view', () => this.#stage.fit(), 'Fit all')),
      button('Copy link to this graph', () => this.#copy(), icon('link'), 'Copy link'),
      make('span', { class: 'row' }, make('span', { class: 'dim' }, 'Save as'), button('Save as SVG', () => this.#save('svg'), 'SVG'), button('Save as PNG', () => this.#save('png'), 'PNG')),
      button('Full screen', () => this.#fullScreen(), icon('screen'), 'Full screen'));
    this.canvas = make('canvas', { 'aria-hidden': 'true' });
    this.note = make('p', { class: 'graph-note' }, 'Drawing…');
    this.details = make('div', { class: 'graph-details', role: 'region', hidden: true, 'aria-label': 'Details' });
    this.place = make('div', { class: 'graph-stage', tabindex: '0', role: 'application', 'aria-roledescription': 'graph', 'aria-label': 'Graph', 'aria-describedby': 'graph-keys', onkeydown: event => this.#key(event), onblur: () => this.#stage.ask() }, this.canvas, this.note);
    this.live = make('p', { class: 'vh', role: 'status' });
    this.keys = make('p', { class: 'graph-keys dim', id: 'graph-keys' }, this.meaning = make('b'), 'Click an entity to centre the picture on it, drag to move. With the keyboard: arrows follow relations, Enter centres, o opens, + − 0 zoom, f finds.');
    this.append(this.bar, make('div', { class: 'graph-frame' }, this.place, this.details), this.keys, this.live);
  }

  /** The theme, the address, and the page's own links and form. */
  #follow() {
    const theme = () => { this.#theme = themeOf(this); this.#stage.change(); };
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', theme);
    new MutationObserver(theme).observe(document.documentElement, { attributeFilter: ['data-theme'] });
    addEventListener('popstate', () => this.#go(location.href, false));
    document.addEventListener('click', event => {
      const link = event.target.closest?.('a[href]');
      if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || link.target) return;
      const address = new URL(link.href);
      if (address.origin !== location.origin || address.pathname !== this.dataset.page || !address.search || !link.closest('#graph-notes, #graph-lists, graph-view')) return;
      event.preventDefault();
      this.#go(address.href, true);
    });
    const changed = form => {
      const data = new FormData(form);
      const query = new URLSearchParams();
      for (const key of new Set(data.keys())) {
        const values = data.getAll(key);
        if (key === 'simplified' || key === 'merge') { if (values.at(-1) !== 'true') query.set(key, 'false'); }
        else if (key === 'kinds' || key === 'relations') query.set(key, values.join(','));
        else if (key === 'group') { if (values[0] !== 'fitting') query.set(key, values[0]); }
        else if (key === 'direction') { if (values[0] !== 'LR') query.set(key, values[0]); }
        else for (const value of values) query.append(key, value);
      }
      this.#go(`${this.dataset.page}?${query}`, true);
    };
    document.addEventListener('change', event => { const form = event.target.closest?.('.graph-controls'); if (form) changed(form); });
    document.addEventListener('submit', event => { if (event.target.matches('.graph-controls')) { event.preventDefault(); changed(event.target); } });
  }

  #viewOf(href) {
    const address = new URL(href, location.href);
    for (const key of LISTS) address.searchParams.delete(key);
    return `${this.dataset.view}?${address.searchParams}`;
  }

  async #load(href) {
    const begin = performance.now();
    this.#asked?.abort();
    const asked = this.#asked = new AbortController();
    const wanted = this.#viewOf(href);
    try {
      const answer = await fetch(wanted, { signal: asked.signal, headers: { Accept: 'application/json' } });
      if (!answer.ok) throw new Error((await answer.json().catch(() => null))?.detail ?? `The portal answered ${answer.status}.`);
      const view = await answer.json();
      await this.#show(view, wanted, asked.signal);
      this.dispatchEvent(new CustomEvent('graph-drawn', { bubbles: true }));
      this.dataset.ms = Math.round(performance.now() - begin);
      return view;
    } catch (error) {
      if (error.name === 'AbortError') return null;
      this.note.textContent = `The picture could not be drawn: ${error.message} The table below says the same.`;
      this.note.hidden = false;
      this.#say(this.note.textContent);
      return null;
    }
  }

  async #show(view, wanted, signal) {
    const scene = new Scene(view, this.#theme);
    for (const frame of scene.frames) frame.open = this.#opened.get(frame.key) ?? scene.opens(frame);
    await this.#arrange(scene);
    if (signal.aborted) throw new DOMException('Another one is wanted', 'AbortError');
    this.wanted = wanted;
    this.view = view;
    this.#scene = scene;
    this.#node = null;
    this.details.hidden = true;
    this.note.hidden = view.nodes.length > 0;
    this.note.textContent = 'Nothing is like that. Take a filter away.';
    this.groups.hidden = !scene.frames.some(frame => frame.members.length > 0);
    this.place.setAttribute('aria-label', `Graph of ${counted(view.nodes.length, 'entity', 'entities')} and ${counted(view.edges.length, 'relation', 'relations')}${view.truncated ? ', a part of what there is' : ''}`);
    this.#begin();
    this.meaning.textContent = scene.sameWords ? `Each arrow: ${scene.sameWords}. ` : '';
    this.#stage.change();
    this.#search();
    await new Promise(resolve => requestAnimationFrame(() => resolve()));
    this.dataset.drawn = view.nodes.length;
  }

  /** All of it, if one can read it so; otherwise where it begins, or what has most to do with others, from near enough. */
  #begin() {
    const scene = this.#scene;
    const root = scene.nodes.find(node => node.root);
    this.#stage.fit(true);
    if (this.#stage.camera.s >= (root ? READABLE : OVERVIEW) || scene.nodes.length === 0) return;
    const start = root ?? (scene.edges.length > 0 ? scene.busiest() : { ...scene.bounds, w: 0, h: 0 });
    this.#stage.begin(start.frame && !start.frame.open ? start.frame : start, READABLE + 0.08);
  }

  async #arrange(scene) {
    const { w, h } = this.#stage.size;
    await this.#layouts.arrange(scene, w && h ? w / h : 1.6);
    prepare(scene);
  }

  /** To another graph, or another part of its list, without leaving the page. */
  async #go(href, push) {
    const address = new URL(href, location.href);
    const same = this.#viewOf(address) === this.wanted;
    const page = fetch(address, { headers: { Accept: 'text/html' } }).then(answer => answer.ok ? answer.text() : Promise.reject(new Error()));
    this.setAttribute('aria-busy', 'true');
    const [text] = await Promise.allSettled([page, same ? null : this.#load(address.href)]);
    this.removeAttribute('aria-busy');
    if (text.status === 'rejected') return location.assign(address);
    if (push) history.pushState(null, '', address);
    const parsed = new DOMParser().parseFromString(text.value, 'text/html');
    if (!parsed.querySelector('graph-view')) return location.assign(address);
    document.title = parsed.title;
    const focus = document.activeElement;
    const open = [...document.querySelectorAll('.graph-controls details')].map(one => one.open);
    for (const selector of same ? ['#graph-lists'] : ['header.page', '.graph-controls', '#graph-notes', '#graph-lists']) {
      const [now, then] = [document.querySelector(selector), parsed.querySelector(selector)];
      if (now && then) now.replaceWith(document.adoptNode(then));
    }
    document.querySelectorAll('.graph-controls details').forEach((one, index) => { one.open ||= open[index]; });
    if (focus && !focus.isConnected && focus.id) document.getElementById(focus.id)?.focus({ preventScroll: true });
    this.#say(`${document.querySelector('h1')?.textContent}. ${document.querySelector('.lede')?.textContent ?? ''}`);
  }

  /** Where on the canvas the middle of an entity is. */
  placeOf(ref) {
    const node = this.#scene.nodes.find(one => one.ref === ref);
    const item = this.#scene.isOn(node) ? node : node.frame;
    const { x, y, s } = this.#stage.camera;
    return { x: (item.x + item.w / 2) * s + x, y: (item.y + item.h / 2) * s + y };
  }

  #hit({ x, y }) {
    const within = item => x >= item.x && x <= item.x + item.w && y >= item.y && y <= item.y + item.h;
    return this.#scene?.nodes.find(node => this.#scene.isOn(node) && within(node)) ?? this.#scene?.frames.find(frame => frame.members.length && within(frame));
  }

  #tap(point, event) {
    const hit = this.#hit(point);
    if (!hit) return this.#look(null);
    if (hit.members) {
      const title = hit.open && point.y < hit.y + 34;
      if (!hit.open || title || this.#stage.camera.s < 0.42) return this.#toggle(hit);
      return this.#look(null);
    }
    if (event.ctrlKey || event.metaKey) return void open(entityPage(hit.ref), '_blank', 'noopener');
    if (event.pointerType === 'touch' && this.#node !== hit) return this.#look(hit, true);
    this.#centreOn(hit);
  }

  #hover(point) {
    const hit = point && this.#hit(point);
    this.place.classList.toggle('over', !!hit);
    if (point && hit && !hit.members) this.#look(hit);
    else if (point && !this.place.matches(':focus-visible')) this.#look(null, false, true);
  }

  /** Follows an address around one entity. */
  #centreOn(node) {
    const address = new URL(location.href);
    for (const key of [...address.searchParams.keys()]) {
      if (!['depth', 'maxDepth', 'kinds', 'relations', 'direction', 'simplified', 'merge', 'group'].includes(key)) address.searchParams.delete(key);
    }
    if (address.searchParams.get('depth') === '0') address.searchParams.delete('depth');
    address.searchParams.set('root', node.ref);
    this.#go(address.href, true);
  }

  /** Shows what is known of an entity, and its relations. */
  #look(node, say = false, keep = false) {
    if (this.#node === node) return;
    this.#node = node;
    this.#stage.ask();
    if (keep) return;
    this.details.hidden = !node;
    if (!node) return;
    const at = this.placeOf(node.ref);
    this.details.classList.toggle('left', at.x > this.#stage.size.w / 2);
    this.details.classList.toggle('up', at.y > this.#stage.size.h / 2);
    const around = new URL(location.href);
    around.search = `?root=${encodeURIComponent(node.ref)}`;
    const rows = [['Kind', [node.kind, node.type].filter(Boolean).join(' · ')], ['Owner', node.owner], ['Lifecycle', node.lifecycle]].filter(([, value]) => value);
    this.details.replaceChildren(
      make('h2', { dir: 'auto' }, node.title),
      ...(node.missing ? [make('p', { class: 'dim' }, 'It is named, and does not exist.')] : []),
      ...(node.description ? [make('p', { class: 'dim', dir: 'auto' }, node.description)] : []),
      make('dl', { class: 'meta' }, ...rows.flatMap(([title, value]) => [make('dt', {}, title), make('dd', {}, title === 'Owner' ? make('a', { href: entityPage(value) }, value.replace(/^group:default\//, '')) : value)])),
      make('div', { class: 'actions' }, make('a', { class: 'btn', href: entityPage(node.ref) }, 'Open its page'), make('a', { class: 'btn', href: around.pathname + around.search }, 'Centre')));
    if (say) this.#tell(node);
  }

  #tell(node) {
    const names = (edges, end, words) => {
      const texts = edges.slice(0, 4).map(index => `${this.#scene.edges[index][words]} ${this.#scene.nodes[this.#scene.edges[index][end]].title}`);
      return edges.length ? `${texts.join(', ')}${edges.length > 4 ? ` and ${edges.length - 4} more` : ''}. ` : '';
    };
    this.#say(`${node.title}, ${subtitle(node)}${node.owner ? `, owned by ${node.owner.slice(node.owner.indexOf('/') + 1)}` : ''}. ${names(this.#scene.out[node.index], 'to', 'words')}${names(this.#scene.in[node.index], 'from', 'inverse')}`);
  }

  #say(text) {
    this.live.textContent = '';
    setTimeout(() => { this.live.textContent = text; }, 50);
  }

  #key(event) {
    if (event.target !== this.place || event.ctrlKey || event.metaKey || event.altKey || !this.#scene) return;
    const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (arrows[event.key]) {
      event.preventDefault();
      const [dx, dy] = arrows[event.key];
      if (event.shiftKey) return this.#stage.pan(-dx * 60, -dy * 60);
      return this.#step(dx, dy);
    }
    const acts = {
      '+': () => this.#stage.zoom(1.3), '=': () => this.#stage.zoom(1.3), '-': () => this.#stage.zoom(1 / 1.3), 0: () => this.#stage.fit(),
      Home: () => this.#visit(this.#first()), Escape: () => this.#look(null), f: () => this.search.focus(),
      Enter: () => this.#node && (this.#node.frame && !this.#node.frame.open ? this.#toggle(this.#node.frame) : this.#centreOn(this.#node)), o: () => this.#node && location.assign(entityPage(this.#node.ref)),
    };
    if (!acts[event.key]) return;
    event.preventDefault();
    acts[event.key]();
  }

  #first() { return this.#scene.nodes.find(node => node.root) ?? this.#scene.nodes[0]; }

  #visit(node) {
    if (!node) return;
    this.#look(node, true);
    this.#stage.reveal(this.#scene.isOn(node) ? node : node.frame);
  }

  /** Along a relation in the direction of the picture, across it to whoever stands next. */
  #step(dx, dy) {
    if (!this.#node) return this.#visit(this.#first());
    const scene = this.#scene;
    const here = this.#node;
    const along = scene.down ? dy : dx;
    const spot = node => { const at = scene.isOn(node) ? node : node.frame; return { x: at.x + at.w / 2, y: at.y + at.h / 2 }; };
    const from = spot(here);
    const near = nodes => nodes.map(node => [node, Math.hypot(spot(node).x - from.x, spot(node).y - from.y)]).sort((a, b) => a[1] - b[1])[0]?.[0];
    if (along !== 0) {
      const edges = along > 0 ? scene.out[here.index].map(edge => scene.edges[edge].to) : scene.in[here.index].map(edge => scene.edges[edge].from);
      const next = near([...new Set(edges)].filter(index => index !== here.index).map(index => scene.nodes[index]));
      return next ? this.#visit(next) : this.#say(`${here.title} leads no further in this direction.`);
    }
    const side = scene.down ? dx : dy;
    const next = scene.nodes.filter(node => node !== here && scene.isOn(node)).map(node => {
      const at = spot(node);
      const [ahead, aside] = scene.down ? [(at.x - from.x) * side, Math.abs(at.y - from.y)] : [(at.y - from.y) * side, Math.abs(at.x - from.x)];
      return [node, ahead > 1 ? ahead + aside * 4 : Infinity];
    }).filter(([, far]) => far < Infinity).sort((a, b) => a[1] - b[1])[0]?.[0];
    next ? this.#visit(next) : this.#say('There is nothing further on this side.');
  }

  #search() {
    const text = this.search.value.trim().toLowerCase();
    this.#foundAt = -1;
    this.#found = text && this.#scene ? this.#scene.nodes.filter(node => node.title.toLowerCase().includes(text) || node.ref.includes(text)) : [];
    this.counter.textContent = text ? `${this.#found.length.toLocaleString('en')} found` : '';
    this.#stage.ask();
  }

  async #searchKey(event) {
    if (event.key === 'Escape') {
      this.search.value = '';
      this.#search();
      this.place.focus();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (!this.#found.length) return this.#say('Nothing in the graph is called that.');
      this.#foundAt = (this.#foundAt + (event.shiftKey ? -1 : 1) + this.#found.length) % this.#found.length;
      this.counter.textContent = `${this.#foundAt + 1} of ${this.#found.length.toLocaleString('en')}`;
      const node = this.#found[this.#foundAt];
      if (node.frame && !node.frame.open && node.frame.members.length <= MOST_OPENED) await this.#toggle(node.frame);
      this.#look(node, true);
      this.#stage.centre(this.#scene.isOn(node) ? node : node.frame);
    }
  }

  async #toggle(frame) {
    this.#opened.set(frame.key, !frame.open);
    await this.#again(frame, () => { frame.open = !frame.open; });
    if (frame.open) this.#stage.show(frame);
    this.#say(`${frame.title}, ${counted(frame.members.length, 'entity', 'entities')}, ${frame.open ? 'open' : 'closed'}.`);
  }

  async #openAll(open) {
    await this.#again(null, () => { for (const frame of this.#scene.frames) { frame.open = open; this.#opened.set(frame.key, open); } });
    this.#stage.fit();
    this.#say(open ? 'All groups are open.' : 'All groups are closed.');
  }

  /** Lays it out anew and leaves what was clicked where it was. */
  async #again(item, change) {
    const before = item && { x: item.x, y: item.y };
    change();
    const scene = this.#scene;
    await this.#arrange(scene);
    scene.important = null;
    if (before) this.#stage.pan((before.x - item.x) * this.#stage.camera.s, (before.y - item.y) * this.#stage.camera.s);
    this.#stage.change();
  }

  async #copy() {
    const address = new URL(this.view?.address ?? location.href, location.href).href;
    try {
      await navigator.clipboard.writeText(address);
      this.#say('The address is copied.');
      this.counter.textContent = 'Copied';
      setTimeout(() => this.#search(), 1500);
    } catch {
      history.replaceState(null, '', address);
      this.#say('The browser does not allow copying. The address is in its address bar.');
    }
  }

  async #save(form) {
    if (!this.#scene) return;
    try {
      save(form === 'svg' ? toSvg(this.#scene, this.#theme, this.#icons) : await toPng(this.#scene, this.#theme, this.#icons), `graph.${form}`);
      this.#say(`Saved as graph.${form}.`);
    } catch (error) {
      this.#say(error.message);
      this.counter.textContent = error.message;
    }
  }

  async #fullScreen() {
    try {
      document.fullscreenElement ? await document.exitFullscreen() : await this.requestFullscreen();
    } catch {
      this.classList.toggle('full');
    }
    this.#stage.change();
  }
});
