// The palette: a combobox over what the portal offers for a text. Fetched when it is first opened.
let dialog, input, list, hint, waiting, asked = 0;

export function show(palette) {
  if (!dialog) prepare(palette);
  ask();
}

function prepare(palette) {
  dialog = palette;
  input = dialog.querySelector('input');
  list = dialog.querySelector('[role=listbox]');
  hint = dialog.querySelector('.hint');
  input.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 80);
  });
  input.addEventListener('keydown', event => {
    const options = [...list.querySelectorAll('[role=option]')];
    const now = options.findIndex(option => option.ariaSelected === 'true');
    const steps = { ArrowDown: now + 1, ArrowUp: now < 0 ? options.length - 1 : now - 1, PageDown: Math.min(now + 8, options.length - 1), PageUp: Math.max(now - 8, 0) };
    if (event.key in steps && options.length) {
      event.preventDefault();
      select(options[(steps[event.key] + options.length) % options.length]);
    } else if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      if (waiting || now < 0) search();
      else follow(options[now], event);
    }
  });
  list.addEventListener('mousemove', event => {
    const option = event.target.closest('[role=option]');
    if (option) select(option, false);
  });
  list.addEventListener('click', event => { if (event.target.closest('a') && !event.ctrlKey && !event.metaKey) dialog.close(); });
  dialog.addEventListener('click', event => { if (event.target === dialog) dialog.close(); });
}

function follow(option, event) {
  if (event.ctrlKey || event.metaKey) window.open(option.href, '_blank', 'noopener');
  else option.click();
}

// Enter before an answer is there, or without one, leads to the page of results.
function search() {
  const text = input.value.trim();
  const form = document.querySelector('.top .search');
  if (!text || !form) return;
  location.assign(`${form.getAttribute('action')}?q=${encodeURIComponent(text)}`);
}

async function ask() {
  const mine = ++asked;
  const text = input.value.trim();
  try {
    const answer = await fetch(`${dialog.dataset.source}?q=${encodeURIComponent(text)}`, { headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(10000) });
    if (!answer.ok) throw new Error(`Answer ${answer.status}`);
    const { sections } = await answer.json();
    if (mine !== asked) return;
    render(sections, text);
  } catch {
    if (mine !== asked) return;
    list.replaceChildren();
    hint.textContent = 'The portal does not answer. Press Enter to search on a page instead.';
  } finally {
    if (mine === asked) waiting = 0;
  }
}

function render(sections, text) {
  let count = 0;
  list.replaceChildren(...sections.filter(section => section.items.length).map((section, i) => {
    const group = make('div', { role: 'group', 'aria-labelledby': `palette-${i}` });
    group.append(make('h3', { id: `palette-${i}`, role: 'presentation' }, section.title));
    for (const item of section.items) {
      const option = make('a', { role: 'option', id: `palette-option-${count++}`, href: item.href, tabindex: '-1', 'aria-selected': 'false' });
      option.append(icon(item.icon ?? 'dot'), make('span', {}, item.title));
      if (item.detail) option.append(make('small', {}, item.detail));
      group.append(option);
    }
    return group;
  }));
  hint.textContent = count ? '' : text ? `Nothing is called “${text}”. Press Enter to search everywhere.` : 'Nothing to go to yet.';
  input.ariaExpanded = String(count > 0);
  select(list.querySelector('[role=option]'));
  list.scrollTop = 0;
}

function select(option, scroll = true) {
  list.querySelector('[aria-selected=true]')?.setAttribute('aria-selected', 'false');
  if (!option) return input.removeAttribute('aria-activedescendant');
  option.ariaSelected = 'true';
  input.setAttribute('aria-activedescendant', option.id);
  if (scroll) option.scrollIntoView({ block: 'nearest' });
}

function make(tag, attributes, text) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text) element.textContent = text;
  return element;
}

function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `${dialog.dataset.icons}#${name}`);
  svg.append(use);
  return svg;
}
