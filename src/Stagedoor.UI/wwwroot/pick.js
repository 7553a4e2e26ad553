// A field that offers entities as one types (the ARIA combobox with a list). Fetched when a field is first entered.
let fields = 0;

const make = (tag, attributes, text) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text) element.textContent = text;
  return element;
};

export function prepare(pick) {
  const input = pick.querySelector('input');
  const id = `pick-${fields++}`;
  const list = make('div', { role: 'listbox', id, 'aria-label': 'What was found', hidden: '' });
  const said = make('p', { role: 'status', class: 'vh' });
  pick.append(list, said);
  for (const [name, value] of Object.entries({ role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': id })) input.setAttribute(name, value);
  let waiting = 0, asked = 0;

  const options = () => [...list.children];
  const close = () => {
    clearTimeout(waiting);
    asked++;
    list.hidden = true;
    input.ariaExpanded = 'false';
    input.removeAttribute('aria-activedescendant');
  };
  const select = option => {
    for (const other of options()) other.ariaSelected = String(other === option);
    option ? input.setAttribute('aria-activedescendant', option.id) : input.removeAttribute('aria-activedescendant');
    option?.scrollIntoView({ block: 'nearest' });
  };
  const take = option => {
    input.value = option.dataset.ref;
    close();
    input.dispatchEvent(new Event('change', { bubbles: true }));
  };
  const icon = name => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('class', 'icon');
    svg.setAttribute('aria-hidden', 'true');
    svg.append(document.createElementNS('http://www.w3.org/2000/svg', 'use'));
    svg.firstChild.setAttribute('href', `${pick.dataset.icons}#${name}`);
    return svg;
  };
  const ask = async () => {
    const mine = ++asked;
    const address = new URL(pick.dataset.source, location.origin);
    address.searchParams.set('q', input.value.trim());
    try {
      const answer = await fetch(address, { headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(8000) });
      if (!answer.ok) throw new Error(`Answer ${answer.status}`);
      const { items } = await answer.json();
      if (mine !== asked || document.activeElement !== input) return;
      list.replaceChildren(...items.map((item, i) => {
        const option = make('div', { role: 'option', id: `${id}-${i}`, 'aria-selected': 'false', 'data-ref': item.ref, title: item.ref });
        option.append(icon(item.icon), make('span', {}, item.title));
        if (item.name) option.append(make('small', {}, item.name));
        return option;
      }));
      list.hidden = items.length === 0;
      input.ariaExpanded = String(items.length > 0);
      input.removeAttribute('aria-activedescendant');
      list.scrollTop = 0;
      list.scrollIntoView({ block: 'nearest' });
      said.textContent = items.length ? `${items.length} found` : 'Nothing is called that';
    } catch {
      // The field takes what is typed, with help or without.
      if (mine === asked) close();
    }
  };

  input.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 120);
  });
  input.addEventListener('keydown', event => {
    const all = options();
    const now = all.findIndex(option => option.ariaSelected === 'true');
    const steps = { ArrowDown: now + 1, ArrowUp: now < 0 ? all.length - 1 : now - 1 };
    if (event.key in steps) {
      event.preventDefault();
      list.hidden ? ask() : select(all[(steps[event.key] + all.length) % all.length]);
    } else if (event.key === 'Enter' && !list.hidden && now >= 0 && !event.isComposing) {
      event.preventDefault();
      take(all[now]);
    } else if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  input.addEventListener('blur', close);
  // Before the field loses the focus.
  list.addEventListener('pointerdown', event => {
    event.preventDefault();
    const option = event.target.closest('[role=option]');
    if (option) take(option);
  });
  if (document.activeElement === input && input.value) ask();
}
