// Draws diagrams in a frame that has no origin, no network and its own policy, and shows what comes back as pictures.
const isDark = () => getComputedStyle(document.documentElement).colorScheme === 'dark' || (document.documentElement.dataset.theme ? document.documentElement.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches);
const picture = svg => {
  const bytes = new TextEncoder().encode(svg);
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return 'data:image/svg+xml;base64,' + btoa(text);
};

/** The portal's colours, as the library calls them. */
const coloursOf = within => {
  const probe = document.createElement('span');
  within.append(probe);
  const colour = token => {
    probe.style.color = `var(--${token})`;
    const parts = getComputedStyle(probe).color.match(/[\d.]+/g).slice(0, 3).map(Number);
    return '#' + parts.map(part => Math.round(part).toString(16).padStart(2, '0')).join('');
  };
  const [surface, ink, ink2, line, accent, soft, sunken, warn] = ['surface', 'ink', 'ink-2', 'line-strong', 'accent', 'accent-soft', 'sunken', 'warn-soft'].map(colour);
  const series = ['accent', 'ok', 'warn', 'info', 'bad', 'ink-3', 'accent-strong', 'ink-2'].map(colour);
  const soft8 = ['accent-soft', 'ok-soft', 'warn-soft', 'info-soft', 'bad-soft', 'sunken', 'line', 'line-strong'].map(colour);
  probe.remove();
  const each = (name, colours, from = 0) => Object.fromEntries(colours.map((one, index) => [name + (index + from), one]));
  return {
    ...each('pie', soft8, 1), pieStrokeColor: line, pieOuterStrokeColor: line, pieStrokeWidth: '1px', pieOuterStrokeWidth: '1px', pieOpacity: '1', pieTitleTextColor: ink, pieSectionTextColor: ink, pieLegendTextColor: ink,
    ...each('git', series), ...each('gitInv', series), ...each('gitBranchLabel', series.map(() => surface)), commitLabelColor: ink, commitLabelBackground: sunken, tagLabelColor: ink, tagLabelBackground: soft, tagLabelBorder: accent,
    ...each('cScale', soft8), ...each('cScaleLabel', soft8.map(() => ink)), gridColor: line, todayLineColor: accent, taskTextColor: ink, taskTextOutsideColor: ink, taskBkgColor: soft, taskBorderColor: accent, sectionBkgColor: sunken, altSectionBkgColor: surface,
    background: surface, primaryColor: soft, primaryTextColor: ink, primaryBorderColor: accent, secondaryColor: sunken, secondaryTextColor: ink, secondaryBorderColor: line, tertiaryColor: surface, tertiaryTextColor: ink,
    tertiaryBorderColor: line, lineColor: ink2, textColor: ink, mainBkg: soft, nodeBorder: accent, clusterBkg: sunken, clusterBorder: line, edgeLabelBackground: surface, titleColor: ink, noteBkgColor: warn, noteTextColor: ink,
    noteBorderColor: line, actorBkg: soft, actorBorder: accent, actorTextColor: ink, actorLineColor: line, signalColor: ink2, signalTextColor: ink, labelBoxBkgColor: sunken, labelBoxBorderColor: line, labelTextColor: ink, loopTextColor: ink,
    activationBkgColor: sunken, activationBorderColor: line,
  };
};

const open = async within => {
  const answer = await fetch(within.dataset.mermaid);
  if (!answer.ok) throw new Error(`Answer ${answer.status}`);
  const library = await answer.text();
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.className = 'docs-drawing';
  frame.title = 'Diagrams are drawn here';
  frame.tabIndex = -1;
  frame.ariaHidden = 'true';
  frame.src = within.dataset.frame;
  const loaded = new Promise(done => frame.addEventListener('load', done, { once: true }));
  within.parentElement.append(frame);
  await loaded;
  const { port1, port2 } = new MessageChannel();
  frame.contentWindow.postMessage(library, '*', [port2]);
  return port1;
};

export const show = async within => {
  const places = [...within.querySelectorAll('pre.mermaid, div.mermaid')].slice(0, 60).map((place, id) => ({ id, place, source: place.textContent }));
  if (places.length === 0) return;
  let port;
  try {
    port = await open(within);
  } catch {
    return;
  }

  const waiting = new Map();
  port.onmessage = ({ data }) => {
    const one = waiting.get(data.id);
    waiting.delete(data.id);
    if (!one) return;
    clearTimeout(one.late);
    if (data.svg) drawn(one, data);
    else failed(one, data.error);
  };

  const drawn = (one, { svg, width, height }) => {
    if (!one.figure) {
      one.figure = document.createElement('figure');
      one.figure.className = 'docs-diagram';
      one.image = document.createElement('img');
      one.image.className = 'diagram';
      const fold = document.createElement('details');
      const summary = document.createElement('summary');
      summary.textContent = 'Source';
      one.place.replaceWith(one.figure);
      fold.append(summary, one.place);
      one.figure.append(one.image, fold);
    }
    one.image.alt = /accTitle\s*:?\s*(.+)/.exec(one.source)?.[1] ?? `Diagram: ${one.source.trim().split('\n').slice(0, 4).join(' ').slice(0, 160)}`;
    if (width > 0) one.image.width = width;
    if (height > 0) one.image.height = height;
    // Words that are smaller than this cannot be read: what is wider can be scrolled.
    if (width > 0) one.image.style.minWidth = `${Math.round(width * .55)}px`;
    one.image.src = picture(svg);
  };

  const failed = (one, error) => {
    if (one.figure || one.note) return;
    one.note = document.createElement('p');
    one.note.className = 'docs-wrong';
    one.note.textContent = `This diagram could not be drawn: ${error}`;
    one.place.after(one.note);
  };

  const draw = one => {
    waiting.set(one.id, one);
    one.late = setTimeout(() => { waiting.delete(one.id); failed(one, 'it took too long.'); }, 20000);
    port.postMessage({ id: one.id, source: one.source, dark: isDark(), font: getComputedStyle(document.body).fontFamily, colours });
  };
  let colours = coloursOf(within);
  places.forEach(draw);
  let dark = isDark();
  const again = () => {
    if (isDark() === dark) return;
    dark = isDark();
    colours = coloursOf(within);
    places.forEach(draw);
  };
  new MutationObserver(again).observe(document.documentElement, { attributeFilter: ['data-theme'] });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
};
