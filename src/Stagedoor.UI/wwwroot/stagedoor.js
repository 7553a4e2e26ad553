// What the kit adds to finished pages. Each of them can be read and used without it.
const root = document.documentElement;
const find = (selector, within = document) => within.querySelector(selector);
const remember = (name, value) => {
  const secure = location.protocol === 'https:' ? '; secure' : '';
  document.cookie = `${name}=${value ?? ''}; path=/; samesite=lax; max-age=${value ? 31536000 : 0}${secure}`;
};
const recall = name => document.cookie.split('; ').find(pair => pair.startsWith(name + '='))?.slice(name.length + 1);

/** Says something to those who do not see the page. */
const announce = text => {
  const line = document.createElement('p');
  line.className = 'vh';
  line.textContent = text;
  find('.toasts')?.append(line);
  setTimeout(() => line.remove(), 4000);
};

/** Says something to everybody, where the portal itself says things. */
const say = text => {
  const line = document.createElement('div');
  line.className = 'toast warn';
  line.textContent = text;
  find('.toasts')?.append(line);
  setTimeout(() => line.remove(), 12000);
};

/** Sends a form as a script; the answer is no page, and a refusal says why. */
const send = async (form, button) => {
  const body = new URLSearchParams({ [button.name]: button.value });
  const answer = await fetch(form.action, { method: 'POST', body, headers: { Accept: 'application/json' }, keepalive: true, signal: AbortSignal.timeout(10000) });
  if (!answer.ok) throw new Error((await answer.json().catch(() => 0))?.detail);
};

// Dialogs: the command attributes where the browser does not know them, and the address ?confirm=.
const open = dialog => {
  if (!dialog || dialog.matches(':modal')) return;
  dialog.removeAttribute('open');
  dialog.showModal();
};
if (!('commandForElement' in HTMLButtonElement.prototype)) {
  document.addEventListener('click', event => {
    const button = event.target.closest?.('button[commandfor]');
    const dialog = button && document.getElementById(button.getAttribute('commandfor'));
    if (dialog) button.getAttribute('command') === 'close' ? dialog.close() : open(dialog);
  });
}
for (const dialog of document.querySelectorAll('dialog[open]')) {
  open(dialog);
  for (const leave of dialog.querySelectorAll('a[data-leave]')) {
    leave.addEventListener('click', event => { event.preventDefault(); dialog.close(); });
  }
  dialog.addEventListener('close', () => {
    const address = new URL(location);
    address.searchParams.delete('confirm');
    history.replaceState(null, '', address);
  });
}

// Theme, sidebar, banners: cookies, so that the next page is made that way. The theme is also kept by the portal.
document.addEventListener('submit', event => {
  const theme = event.target.matches('form.theme') && event.submitter?.value;
  if (!theme) return;
  event.preventDefault();
  const chosen = theme === 'system' ? null : theme;
  remember('stagedoor-theme', chosen);
  chosen ? root.dataset.theme = chosen : delete root.dataset.theme;
  for (const button of event.target.elements) button.ariaPressed = String(button.value === theme);
  send(event.target, event.submitter).catch(() => say('This browser remembers the theme. The portal could not.'));
});

// Stars and subscriptions: sent without leaving the page, and undone when the portal does not take them.
document.addEventListener('submit', async event => {
  const button = event.target.id === 'marks' && event.submitter;
  if (!button) return;
  event.preventDefault();
  const show = on => {
    button.ariaPressed = String(on);
    button.name = (on ? 'un' : '') + button.dataset.mark;
    const count = find('.n', button);
    if (count && /^\d+$/.test(count.textContent)) count.textContent = Number(count.textContent) + (on ? 1 : -1);
  };
  const on = button.ariaPressed !== 'true';
  const sent = { name: button.name, value: button.value };
  show(on);
  try {
    await send(event.target, sent);
    announce(on ? 'Marked' : 'No longer marked');
  } catch (e) {
    show(!on);
    say(e.name === 'Error' && e.message || 'The portal did not take it. Try again.');
  }
});
const collapse = find('.collapse');
const app = find('.app');
const showCollapsed = () => {
  const collapsed = app.dataset.sidebar === 'collapsed';
  collapse.ariaExpanded = String(!collapsed);
  collapse.title = collapsed ? 'Expand the sidebar' : 'Collapse the sidebar';
  for (const link of document.querySelectorAll('.links a')) collapsed ? link.title = find('span', link).textContent : link.removeAttribute('title');
};
if (collapse && app) {
  showCollapsed();
  collapse.addEventListener('click', () => {
    const collapsed = app.dataset.sidebar !== 'collapsed';
    collapsed ? app.dataset.sidebar = 'collapsed' : delete app.dataset.sidebar;
    remember('stagedoor-sidebar', collapsed ? 'collapsed' : null);
    showCollapsed();
  });
}
document.addEventListener('click', event => {
  const button = event.target.closest?.('.toast button, [data-dismiss] > button');
  if (!button) return;
  const banner = button.closest('[data-dismiss]');
  if (banner) remember('stagedoor-dismissed', [...new Set([...(recall('stagedoor-dismissed') ?? '').split('.'), banner.dataset.dismiss])].filter(Boolean).slice(-20).join('.'));
  (banner ?? button.closest('.toast')).remove();
});

// Good news leaves by itself, unless someone is reading it.
for (const toast of document.querySelectorAll('.toast')) {
  announce(toast.innerText);
  if (/success|info/.test(toast.dataset.severity)) {
    const leave = () => toast.matches(':hover, :focus-within') ? setTimeout(leave, 3000) : toast.remove();
    setTimeout(leave, 8000);
  }
}

// The exact time in the browser's zone, for readers who have chosen none.
document.addEventListener('mouseover', event => {
  const time = event.target.closest?.('time[datetime*=":"]');
  if (time && !root.dataset.zone && !time.dataset.local) {
    time.dataset.local = 'yes';
    time.title = `${new Date(time.dateTime).toLocaleString()}\n${time.title}`;
  }
});

// A browser that gives up a transition between pages rejects its promises. That is no error.
addEventListener('unhandledrejection', event => {
  if (/\bViewTransition\b/.test(event.reason?.message)) event.preventDefault();
});

// Where tabs scroll, the one that is open is in sight.
for (const tab of document.querySelectorAll('.tabs [aria-current]')) tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetLeft - 60;

// Palette and shortcuts.
const palette = find('#palette');
const openPalette = async text => {
  if (!palette || palette.open) return;
  // Open before its module is there, so that what is typed meanwhile is not lost.
  const input = find('input', palette);
  input.value = text ?? '';
  palette.showModal();
  input.select();
  (await import(palette.dataset.module)).show(palette);
};
const search = find('[data-opens-palette]');
search?.addEventListener('click', () => openPalette(search.value));
search?.addEventListener('input', () => { openPalette(search.value); });
const places = () => [...document.querySelectorAll('a[data-shortcut]')];
const shortcuts = find('#shortcuts');
shortcuts?.addEventListener('beforetoggle', () => {
  const list = find('dl', shortcuts);
  if (list.dataset.full) return;
  list.dataset.full = 'yes';
  for (const link of places()) {
    const keys = document.createElement('dt');
    const what = document.createElement('dd');
    for (const key of ['g', link.dataset.shortcut]) {
      const cap = document.createElement('kbd');
      cap.textContent = key;
      keys.append(cap, ' ');
    }
    what.textContent = `Go to ${find('span', link).textContent}`;
    list.append(keys, what);
  }
});
let going = 0;
document.addEventListener('keydown', event => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
    event.preventDefault();
    openPalette('');
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.target.closest?.('input, textarea, select, [contenteditable], dialog[open]')) return;
  const waited = event.timeStamp - going;
  going = 0;
  if (event.key === '/') {
    event.preventDefault();
    openPalette('');
  } else if (event.key === '?') {
    open(shortcuts);
  } else if (event.key === 'g') {
    going = event.timeStamp;
  } else if (waited < 1500) {
    places().find(link => link.dataset.shortcut === event.key)?.click();
  }
});

customElements.define('sd-copy', class extends HTMLElement {
  connectedCallback() {
    if (!navigator.clipboard) return;
    this.hidden = false;
    this.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(this.dataset.text);
        this.#show('check', 'Copied');
        setTimeout(() => this.#show('copy'), 1500);
      } catch {
        announce('The browser does not allow copying.');
      }
    });
  }

  #show(icon, said) {
    const use = find('use', this);
    use.setAttribute('href', use.getAttribute('href').replace(/#.*/, '#' + icon));
    this.toggleAttribute('data-done', !!said);
    if (said) announce(said);
  }
});

/** The way from an element down to one inside it, to find the same place after the content was exchanged. */
const pathTo = (from, node) => {
  const path = [];
  for (; node && node !== from; node = node.parentElement) path.unshift([...node.parentElement.children].indexOf(node));
  return path;
};

customElements.define('sd-fragment', class extends HTMLElement {
  #timer;
  #etag;
  #failures = 0;
  #last = new Date();
  #seen = () => { if (!document.hidden) this.#plan(0); };

  connectedCallback() {
    if (find('[data-fragment-end]', this)) return;
    this.every = Number(this.getAttribute('every')) * 1000;
    if (this.every) document.addEventListener('visibilitychange', this.#seen);
    this.#plan(this.every);
  }

  disconnectedCallback() { this.#end(); }

  #end() {
    clearTimeout(this.#timer);
    document.removeEventListener('visibilitychange', this.#seen);
  }

  #plan(wait) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#fetch(), wait);
  }

  async #fetch() {
    if (document.hidden || !this.isConnected) return;
    if (find('dialog[open], :popover-open', this)) return this.#plan(this.every || 1000);
    try {
      const headers = { Accept: 'text/html', ...(this.#etag && { 'If-None-Match': this.#etag }) };
      const answer = await fetch(this.getAttribute('src'), { headers, signal: AbortSignal.timeout(20000) });
      if ([204, 401, 403, 404, 410].includes(answer.status)) {
        if (answer.status !== 204) this.#stale('This part is no longer available. Reload the page to see why.');
        return this.#end();
      }
      if (answer.status !== 304) {
        if (!answer.ok || answer.redirected || !answer.headers.get('Content-Type')?.startsWith('text/html')) throw new Error(`Answer ${answer.status}`);
        const html = await answer.text();
        this.#etag = answer.headers.get('ETag');
        if (!this.isConnected) return;
        this.#exchange(html);
      }
      this.#failures = 0;
      this.#last = new Date();
      find(':scope > .stale', this)?.remove();
      if (find('[data-fragment-end]', this)) return this.#end();
      if (this.every) this.#plan(this.every);
    } catch {
      this.#failures++;
      this.#stale(`Not current: the portal last answered at ${this.#last.toLocaleTimeString()}. Trying again.`);
      this.#plan(Math.min(60000, (this.every || 5000) * 2 ** Math.min(this.#failures, 6)));
    }
  }

  /** New content, with focus and scroll where they were; a list that was at its end stays at its end. */
  #exchange(html) {
    const active = this.contains(document.activeElement) ? document.activeElement : null;
    const focus = active && { id: active.id, path: pathTo(this, active), value: active.value, at: active.selectionStart };
    const scrolled = [...this.querySelectorAll('*')].filter(node => node.scrollTop || node.scrollLeft || node.hasAttribute('data-follow'))
      .map(node => ({ path: pathTo(this, node), top: node.scrollTop, left: node.scrollLeft, end: node.hasAttribute('data-follow') && node.scrollTop + node.clientHeight > node.scrollHeight - 8 }));
    const at = path => path.reduce((node, index) => node?.children[index], this);
    const details = [...this.querySelectorAll('details')].map(node => node.open);
    this.innerHTML = html;
    [...this.querySelectorAll('details')].forEach((node, i) => { if (i < details.length) node.open = details[i]; });
    for (const { path, top, left, end } of scrolled) at(path)?.scrollTo({ top: end ? at(path).scrollHeight : top, left, behavior: 'instant' });
    if (focus) {
      const node = (focus.id && document.getElementById(focus.id)) || at(focus.path);
      node?.focus({ preventScroll: true });
      if (focus.at != null && node && 'value' in node) {
        node.value = focus.value;
        node.setSelectionRange?.(focus.at, focus.at);
      }
    }
    this.dispatchEvent(new CustomEvent('sd-updated', { bubbles: true }));
  }

  #stale(text) {
    const note = find(':scope > .stale', this) ?? document.createElement('p');
    note.className = 'stale';
    note.role = 'status';
    if (note.textContent !== text) note.textContent = text;
    if (!note.isConnected) this.append(note);
  }
});

customElements.define('sd-pick', class extends HTMLElement {
  connectedCallback() {
    this.addEventListener('focusin', async () => (await import(this.dataset.module)).prepare(this), { once: true });
  }
});
