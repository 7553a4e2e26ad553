// Draws formulas as MathML, which a browser lays out itself and a screen reader can read.
// Browsers centre the cells of a table and leave gaps, whatever its attributes say.
const arrange = table => {
  const [sides, gaps] = ['columnalign', 'columnspacing'].map(name => table.getAttribute(name)?.split(/\s+/) ?? []);
  for (const row of table.children) {
    [...row.children].forEach((cell, index) => {
      const side = sides[Math.min(index, sides.length - 1)];
      if (side) cell.style.textAlign = side;
      const gap = index > 0 && gaps[Math.min(index - 1, gaps.length - 1)];
      if (gap) cell.style.paddingLeft = gap;
      if (gaps.length > 0 && index < row.children.length - 1) cell.style.paddingRight = '0';
    });
  }
};

export const show = async within => {
  await import(within.dataset.math);
  for (const place of within.querySelectorAll('.arithmatex')) {
    const written = place.textContent.trim();
    const display = written.startsWith('\\[') || written.startsWith('$$') || written.startsWith('\\begin');
    const formula = written.replace(/^(\\\(|\\\[|\$\$)/, '').replace(/(\\\)|\\\]|\$\$)$/, '');
    const drawn = document.createElement(display ? 'div' : 'span');
    try {
      globalThis.katex.render(formula, drawn, { output: 'mathml', displayMode: display, throwOnError: true, trust: false, strict: 'ignore', errorColor: 'currentColor', maxSize: 50, maxExpand: 1000 });
      for (const table of drawn.querySelectorAll('mtable')) arrange(table);
      place.replaceChildren(...drawn.childNodes);
      place.dataset.drawn = 'yes';
    } catch (error) {
      place.title = error.message;
      place.classList.add('docs-wrong');
    }
  }
};
