// Draws formulas as MathML, which a browser lays out itself and a screen reader can read.
export const show = async within => {
  await import(within.dataset.math);
  for (const place of within.querySelectorAll('.arithmatex')) {
    const written = place.textContent.trim();
    const display = written.startsWith('\\[') || written.startsWith('$$') || written.startsWith('\\begin');
    const formula = written.replace(/^(\\\(|\\\[|\$\$)/, '').replace(/(\\\)|\\\]|\$\$)$/, '');
    const drawn = document.createElement(display ? 'div' : 'span');
    try {
      globalThis.katex.render(formula, drawn, { output: 'mathml', displayMode: display, throwOnError: true, trust: false, strict: 'ignore', errorColor: 'currentColor', maxSize: 50, maxExpand: 1000 });
      place.replaceChildren(...drawn.childNodes);
      place.dataset.drawn = 'yes';
    } catch (error) {
      place.title = error.message;
      place.classList.add('docs-wrong');
    }
  }
};
