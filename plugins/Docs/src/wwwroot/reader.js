// What a reader of documentation gets beside finished pages. All of it can be read without.
const find = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const icon = name => {
  const known = find('svg.icon > use')?.getAttribute('href')?.split('#')[0] ?? '/_ui/icons.svg';
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `${known}#${name}`);
  svg.append(use);
  return svg;
};
const button = (name, label) => {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'btn bare';
  made.ariaLabel = made.title = label;
  made.append(icon(name));
  return made;
};
const announce = text => {
  const line = document.createElement('p');
  line.className = 'vh';
  line.textContent = text;
  find('.toasts')?.append(line);
  setTimeout(() => line.remove(), 4000);
};

/** What an address names, or as it stands where that is no text. */
const decoded = text => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

customElements.define('docs-reader', class extends HTMLElement {
  connectedCallback() {
    this.text = find('.docs-text', this);
    this.#showCurrent();
    this.#sizes();
    this.#versions();
    this.#suggest();
    this.#live();
    if (!this.text) return;
    this.#follow();
    this.#breaks();
    this.#copies();
    this.#anchors();
    this.#pictures();
    this.#tabs();
    this.#cards();
    this.#report();
    this.#print();
    this.#reach();
    addEventListener('resize', () => this.#reach());
    for (const need of (this.text.dataset.needs ?? '').split(', ')) this.#load(need);
  }

  async #load(need) {
    const module = { highlighting: 'code', math: 'math', mermaid: 'diagrams' }[need];
    if (!module || !this.text.dataset[{ code: 'code', math: 'math', diagrams: 'mermaid' }[module]]) return;
    try {
      await (await import(`./${module}.js`)).show(this.text);
      this.#reach();
    } catch (error) {
      // What is written stays as it is.
      console.warn(error);
    }
  }

  /** Files that somebody is writing: the page is the new one as soon as they are saved. */
  #live() {
    if (!this.dataset.live) return;
    setTimeout(() => {
      const told = new EventSource(this.dataset.live);
      told.onmessage = ({ data }) => { if (data !== this.dataset.version) location.reload(); };
      addEventListener('pagehide', () => told.close());
    }, 2000);
  }

  /** The page that is open is in sight in the tree. */
  #showCurrent() {
    const [side, current] = [find('#docs-nav', this), find('#docs-nav [aria-current]', this)];
    if (side && current && current.offsetTop > side.clientHeight * .7) side.scrollTop = current.offsetTop - side.clientHeight / 3;
  }

  /** The heading that is being read stands out among the contents. */
  #follow() {
    const links = new Map(all('#docs-toc a', this).map(link => [decoded(link.hash.slice(1)), link]));
    const headings = [...links.keys()].map(id => document.getElementById(id)).filter(Boolean);
    if (headings.length === 0) return;
    let now;
    const show = () => {
      const line = innerHeight * .25;
      const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 4 && scrollY > 0;
      const target = document.getElementById(decoded(location.hash.slice(1)));
      const visible = target && headings.includes(target) && target.getBoundingClientRect().top >= 0 && target.getBoundingClientRect().top < innerHeight;
      const read = atEnd && visible ? target : atEnd ? headings.at(-1) : headings.findLast(heading => heading.getBoundingClientRect().top < line) ?? headings[0];
      const link = links.get(read.id);
      if (link === now) return;
      now?.removeAttribute('aria-current');
      link.setAttribute('aria-current', 'location');
      now = link;
      const side = find('#docs-toc', this);
      if (!side.matches(':popover-open') && side.scrollHeight > side.clientHeight) side.scrollTo({ top: link.offsetTop - side.clientHeight / 2 });
    };
    const watch = new IntersectionObserver(show, { rootMargin: '0px 0px -70% 0px', threshold: [0, 1] });
    for (const heading of headings) watch.observe(heading);
    addEventListener('scrollend', show);
    addEventListener('hashchange', show);
    show();
    for (const link of links.values()) link.addEventListener('click', () => { const side = find('#docs-toc', this); if (side.matches(':popover-open')) side.hidePopover(); });
  }

  /** A long name in a table may be broken where it has joints, so that it does not push the other columns out of sight. */
  #breaks() {
    for (const code of all('td code', this.text)) {
      if (code.childElementCount > 0 || code.textContent.length < 22) continue;
      code.replaceChildren(...code.textContent.split(/(?<=[/:._=?&])(?=\w)/).flatMap((part, index) => index > 0 ? [document.createElement('wbr'), part] : [part]));
    }
  }

  #copies() {
    if (!navigator.clipboard) return;
    for (const code of all('pre > code', this.text)) {
      const block = code.closest('.highlight') ?? code.parentElement;
      if (block.matches('.mermaid, .arithmatex')) continue;
      const copy = button('copy', 'Copy the code');
      copy.classList.add('docs-copy');
      copy.addEventListener('click', async () => {
        try {
          await navigator.clipboard.writeText(code.textContent.replace(/\n$/, ''));
          copy.replaceChildren(icon('check'));
          copy.toggleAttribute('data-done', true);
          announce('Copied');
          setTimeout(() => { copy.replaceChildren(icon('copy')); copy.removeAttribute('data-done'); }, 1500);
        } catch {
          announce('The browser does not allow copying.');
        }
      });
      if (block === code.parentElement) {
        const around = document.createElement('div');
        around.className = 'docs-code';
        block.replaceWith(around);
        around.append(block, copy);
      } else {
        block.append(copy);
      }
    }
  }

  #anchors() {
    this.text.addEventListener('click', event => {
      const link = event.target.closest?.('.headerlink');
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      navigator.clipboard?.writeText(link.href).then(() => {
        announce('The link to this section is copied');
        link.dataset.done = 'yes';
        setTimeout(() => delete link.dataset.done, 1500);
      }, () => {});
    });
  }

  /** A picture that is shown smaller than it is opens in a dialog. */
  #pictures() {
    let box;
    const open = picture => {
      if (!box) {
        box = document.createElement('dialog');
        box.className = 'docs-light';
        const close = button('x', 'Close');
        close.addEventListener('click', () => box.close());
        box.append(close, document.createElement('img'));
        box.addEventListener('click', event => { if (event.target === box || event.target.tagName === 'IMG') box.close(); });
        this.append(box);
      }
      const large = find('img', box);
      large.src = picture.currentSrc || picture.src;
      large.alt = picture.alt;
      large.style.minWidth = picture.style.minWidth;
      large.style.maxHeight = picture.style.minWidth ? 'none' : '';
      box.ariaLabel = picture.alt || 'Picture';
      box.showModal();
    };
    const prepare = picture => {
      if (picture.closest('a, .docs-zoom') || picture.matches('.twemoji img, .emoji, .off-glb, .skip-lightbox')) return;
      const larger = picture.matches('.diagram') ? picture.naturalWidth > 0 : picture.naturalWidth > picture.clientWidth + 40;
      if (!larger) return;
      const zoom = document.createElement('button');
      zoom.type = 'button';
      zoom.className = 'docs-zoom';
      zoom.ariaLabel = `Enlarge: ${picture.alt || 'picture'}`;
      picture.replaceWith(zoom);
      zoom.append(picture);
      zoom.addEventListener('click', () => open(picture));
    };
    this.text.addEventListener('load', event => { if (event.target.tagName === 'IMG') prepare(event.target); }, true);
    for (const picture of all('img', this.text)) if (picture.complete) prepare(picture);
  }

  /** Tabs of the same name on a page go together, and are remembered. */
  #tabs() {
    const name = label => label.textContent.trim();
    for (const set of all('.tabbed-set', this.text)) {
      const labels = all(':scope > .tabbed-labels > label', set);
      all(':scope > .tabbed-content > .tabbed-block', set).forEach((block, index) => { if (labels[index]) block.dataset.title = name(labels[index]); });
    }
    const choose = wanted => {
      for (const label of all('.tabbed-labels > label', this.text)) {
        if (name(label) === wanted) document.getElementById(label.htmlFor).checked = true;
      }
    };
    try {
      for (const wanted of JSON.parse(localStorage.getItem('stagedoor-docs-tabs') ?? '[]')) choose(wanted);
    } catch { /* It can be chosen anew. */ }
    this.text.addEventListener('change', event => {
      if (!event.target.matches('.tabbed-set > input')) return;
      const label = find(`label[for="${CSS.escape(event.target.id)}"]`, this.text);
      const top = label.getBoundingClientRect().top;
      choose(name(label));
      this.#reach();
      scrollBy({ top: label.getBoundingClientRect().top - top, behavior: 'instant' });
      try {
        const others = all('label', label.parentElement).map(name);
        const kept = JSON.parse(localStorage.getItem('stagedoor-docs-tabs') ?? '[]').filter(one => !others.includes(one));
        localStorage.setItem('stagedoor-docs-tabs', JSON.stringify([...kept, name(label)].slice(-20)));
      } catch { /* A browser that keeps nothing. */ }
    });
  }

  #sizes() {
    const buttons = all('.docs-size button');
    for (const one of buttons) {
      one.addEventListener('click', () => {
        const size = one.dataset.size;
        size ? this.dataset.size = size : delete this.dataset.size;
        for (const other of buttons) other.ariaPressed = String(other === one);
        document.cookie = `stagedoor-docs-size=${size}; path=/; samesite=lax; max-age=${size ? 31536000 : 0}${location.protocol === 'https:' ? '; secure' : ''}`;
      });
    }
  }

  #versions() {
    const form = find('.docs-version');
    if (!form) return;
    const select = find('select', form);
    find('button', form).hidden = true;
    select.addEventListener('change', () => {
      // The usual version has the usual address.
      if (!select.value) select.disabled = true;
      form.requestSubmit();
    });
    addEventListener('pageshow', () => { select.disabled = false; });
  }

  #suggest() {
    const form = find('.docs-search', this);
    if (!form) return;
    const [input, found] = [find('[name=q]', form), find('.docs-found', form)];
    let waiting, asked = 0;
    const hide = () => { found.hidden = true; };
    input.addEventListener('input', () => {
      clearTimeout(waiting);
      const text = input.value.trim();
      if (text.length < 2) return hide();
      waiting = setTimeout(async () => {
        const mine = ++asked;
        try {
          const address = new URL(this.dataset.hits, location);
          address.searchParams.set('q', text);
          const answer = await fetch(address, { headers: { Accept: 'text/html' }, signal: AbortSignal.timeout(8000) });
          if (mine !== asked || !answer.ok) return;
          const html = await answer.text();
          found.innerHTML = html;
          found.hidden = false;
        } catch { /* Enter searches. */ }
      }, 200);
    });
    form.addEventListener('keydown', event => {
      if (event.key === 'Escape') { hide(); input.focus(); return; }
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      const stops = [input, ...all('a', found)];
      const next = stops.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1);
      if (!stops[next] || input.value.trim().length < 2) return;
      found.hidden = false;
      event.preventDefault();
      stops[next].focus();
    });
    // When the window itself goes out of sight, what has the focus keeps it.
    form.addEventListener('focusout', event => { if (!form.contains(event.relatedTarget) && document.activeElement !== event.target) hide(); });
  }

  /** What an entity is, beside a link to it, for those who stay there a moment. */
  #cards() {
    const known = new Map();
    let waiting, leaving, card, of;
    const close = () => { clearTimeout(waiting); if (card) card.hidden = true; of = null; };
    const show = async link => {
      const parts = new URL(link.href).pathname.split('/').slice(2, 5);
      const key = parts.join('/');
      try {
        if (!known.has(key)) {
          const answer = await fetch(`${this.dataset.cards}/${key}`, { signal: AbortSignal.timeout(5000) });
          known.set(key, answer.ok ? await answer.text() : '');
        }
      } catch {
        return;
      }
      if (of !== link || !known.get(key)) return;
      if (!card) {
        card = document.createElement('div');
        card.className = 'docs-hover';
        card.role = 'tooltip';
        card.id = 'docs-hover';
        card.addEventListener('mouseenter', () => clearTimeout(leaving));
        card.addEventListener('mouseleave', close);
        this.append(card);
      }
      card.innerHTML = known.get(key);
      card.hidden = false;
      link.setAttribute('aria-describedby', card.id);
      const [at, box, page] = [link.getClientRects()[0], card.getBoundingClientRect(), this.getBoundingClientRect()];
      const below = at.bottom + box.height + 8 < innerHeight || at.top < box.height + 8;
      // Styles set by a script are not what the policy forbids.
      card.style.left = `${Math.max(0, Math.min(at.left, innerWidth - box.width - 12) - page.left)}px`;
      card.style.top = `${(below ? at.bottom + 6 : at.top - box.height - 6) - page.top}px`;
    };
    const isEntity = link => link.origin === location.origin && /^\/catalog(\/[^/]+){3}$/.test(link.pathname);
    const enter = event => {
      const link = event.target.closest?.('a[href]');
      if (!link || !isEntity(link) || link === of) return;
      close();
      of = link;
      clearTimeout(leaving);
      waiting = setTimeout(() => show(link), 350);
    };
    const leave = event => {
      if (event.target.closest?.('a') === of) { clearTimeout(waiting); leaving = setTimeout(close, 200); }
    };
    this.text.addEventListener('mouseover', enter);
    this.text.addEventListener('mouseout', leave);
    this.text.addEventListener('focusin', enter);
    this.text.addEventListener('focusout', leave);
    this.addEventListener('keydown', event => { if (event.key === 'Escape') close(); });
  }

  /** A link to the report, or to something folded away, opens it. */
  #report() {
    const reveal = () => {
      const target = document.getElementById(decoded(location.hash.slice(1)));
      if (!target || !this.contains(target)) return;
      for (let fold = target.closest('details'); fold; fold = fold.parentElement?.closest('details')) fold.open = true;
      const block = target.closest('.tabbed-block');
      if (block) {
        const set = block.closest('.tabbed-set');
        const input = all(':scope > input', set)[[...block.parentElement.children].indexOf(block)];
        if (input) input.checked = true;
      }
      if (target.closest('details, .tabbed-block')) target.scrollIntoView();
    };
    addEventListener('hashchange', reveal);
    find('.docs-problems')?.addEventListener('click', () => { find('#docs-report').open = true; });
    reveal();
  }

  /** What scrolls can be reached and scrolled by the keyboard. */
  #reach() {
    for (const wide of all('pre, table, .arithmatex, .docs-diagram, .tabbed-labels', this.text)) {
      if (wide.scrollWidth > wide.clientWidth + 1 || wide.scrollHeight > wide.clientHeight + 1) wide.tabIndex = 0;
      else if (wide.clientWidth > 0) wide.removeAttribute('tabindex');
    }
  }

  /** On paper nothing is folded away. */
  #print() {
    let opened = [];
    addEventListener('beforeprint', () => {
      opened = all('details:not([open])', this.text);
      for (const fold of opened) fold.open = true;
    });
    addEventListener('afterprint', () => { for (const fold of opened) fold.open = false; });
  }
});

// Documentation that was being fetched has arrived.
document.addEventListener('sd-updated', event => { if (find('[data-reload]', event.target)) location.reload(); });
