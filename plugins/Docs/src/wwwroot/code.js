// Colours code. Lines that the portal has marked or numbered stay what they are.
const load = async address => {
  const module = await import(address);
  return module.default ?? module.HighlightJS;
};

/** The lines of coloured code: what reaches over several begins anew in each. */
const lines = from => {
  const made = [document.createDocumentFragment()];
  let open = [];
  const top = () => open.at(-1)?.at ?? made.at(-1);
  const walk = node => {
    if (node.nodeType === Node.TEXT_NODE) {
      node.data.split('\n').forEach((text, index) => {
        if (index > 0) {
          made.push(document.createDocumentFragment());
          open = open.reduce((anew, { of }) => {
            const at = of.cloneNode(false);
            (anew.at(-1)?.at ?? made.at(-1)).append(at);
            return [...anew, { of, at }];
          }, []);
        }
        if (text) top().append(text);
      });
      return;
    }
    const at = node.cloneNode(false);
    top().append(at);
    open.push({ of: node, at });
    for (const child of node.childNodes) walk(child);
    open.pop();
  };
  for (const child of from.childNodes) walk(child);
  return made;
};

export const show = async within => {
  const names = new Map();
  const grammars = new Map();
  let core;
  for (const part of within.dataset.code.split(' ')) {
    const name = /^([^=:]+)=(.+)$/.exec(part);
    const address = /^([^=:]+):(\/.+)$/.exec(part);
    if (name) names.set(name[1], name[2]);
    else if (address[1] === 'core') core = address[2];
    else grammars.set(address[1], address[2]);
  }
  const highlighter = await load(core);
  await Promise.all([...grammars].map(async ([name, address]) => highlighter.registerLanguage(name, await load(address))));

  const colour = code => {
    const named = [...code.classList, ...(code.closest('.highlight')?.classList ?? [])].find(one => one.startsWith('language-'))?.slice(9);
    const language = names.get(named);
    const source = code.textContent;
    if (!language || source.length > 100000 || !highlighter.getLanguage(language)) return;
    const holder = document.createElement('template');
    holder.innerHTML = highlighter.highlight(source, { language, ignoreIllegals: true }).value;
    const marked = code.querySelectorAll(':scope > .line');
    if (marked.length === 0) {
      code.replaceChildren(holder.content);
    } else {
      const coloured = lines(holder.content);
      marked.forEach((line, index) => { if (coloured[index]) line.replaceChildren(coloured[index], '\n'); });
    }
    code.dataset.coloured = language;
  };

  // What is far below waits until it is near.
  const watch = new IntersectionObserver(entries => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      watch.unobserve(entry.target);
      for (const code of entry.target.querySelectorAll('code')) colour(code);
    }
  }, { rootMargin: '1000px 0px' });
  for (const block of within.querySelectorAll('pre')) if (block.querySelector(':scope > code')) watch.observe(block);
  // A block in a tab that is not open is not seen, and would flash when it is.
  for (const code of within.querySelectorAll('.tabbed-block pre > code')) colour(code);
  for (const code of within.querySelectorAll(':not(pre) > code[class*=language-], code.highlight')) colour(code);
  addEventListener('beforeprint', () => { for (const code of within.querySelectorAll('pre > code:not([data-coloured])')) colour(code); });
};
