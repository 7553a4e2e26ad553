// The picture as a file.
import { paint } from './painter.js';
import { fit } from './scene.js';

const MARGIN = 32;
const escaped = text => text.replace(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');
const number = value => Math.round(value * 10) / 10;

export const toSvg = (scene, theme, icons) => {
  const { x, y, w, h } = scene.bounds;
  const parts = [`<svg xmlns="http://www.w3.org/2000/svg" width="${Math.ceil(w + 2 * MARGIN)}" height="${Math.ceil(h + 2 * MARGIN)}" viewBox="${number(x - MARGIN)} ${number(y - MARGIN)} ${number(w + 2 * MARGIN)} ${number(h + 2 * MARGIN)}" font-family="${escaped(theme.family)}">`,
    `<defs><marker id="to" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 1L8 4L0 7z" fill="${theme['ink-3']}"/></marker></defs>`,
    `<rect x="${number(x - MARGIN)}" y="${number(y - MARGIN)}" width="100%" height="100%" fill="${theme.paper}"/>`];
  const rect = (item, fill, stroke, r, more = '') => `<rect x="${number(item.x)}" y="${number(item.y)}" width="${number(item.w)}" height="${number(item.h)}" rx="${r}" fill="${fill}" stroke="${stroke}"${more}/>`;
  const text = (value, tx, ty, size, weight, fill, anchor = '') => `<text x="${number(tx)}" y="${number(ty)}" font-size="${size}" font-weight="${weight}" fill="${fill}"${anchor}>${escaped(value)}</text>`;
  for (const frame of scene.frames) {
    if (!frame.members.length) continue;
    parts.push(rect(frame, theme.sunken, frame.open ? theme['line-strong'] : theme['ink-3'], 12));
    parts.push(text(fit(frame.title, frame.w - 28, theme.title), frame.x + 14, frame.y + 20, 12, 600, theme['ink-2']));
    if (!frame.open) parts.push(text(frame.label ?? '', frame.x + 14, frame.y + 36, 11, 400, theme['ink-3']));
  }
  for (const line of scene.lines) {
    parts.push(`<path d="${line.curve.commands.map(([letter, ...n]) => letter + n.map(number).join(' ')).join('')}" fill="none" stroke="${theme['ink-3']}" stroke-opacity=".6" marker-end="url(#to)"><title>${escaped(line.edges.length === 1 ? scene.edges[line.edges[0]].words : `${line.edges.length} relations`)}</title></path>`);
    if (line.edges.length > 1) parts.push(text(`${line.edges.length}`, line.curve.middle.x, line.curve.middle.y - 3, 11, 400, theme['ink-2'], ' text-anchor="middle"'));
  }
  for (const node of scene.nodes) {
    if (!scene.isOn(node)) continue;
    parts.push(`<g><title>${escaped(`${node.title}, ${node.ref}`)}</title>`);
    parts.push(rect(node, node.missing ? theme['warn-soft'] : node.root ? theme['accent-soft'] : theme.surface, node.missing ? theme.warn : node.root ? theme.accent : theme['line-strong'], 8, node.missing ? ' stroke-dasharray="4 3"' : ''));
    parts.push(icons.markup(node.icon, node.root ? theme.accent : theme['ink-3'], `x="${number(node.x + 9)}" y="${number(node.y + 12)}" width="16" height="16"`));
    parts.push(text(node.shown, node.x + 33, node.y + 18, 13, 600, theme.ink), text(node.shownBelow, node.x + 33, node.y + 32, 11, 400, node.missing ? theme.warn : theme['ink-3']), '</g>');
  }
  parts.push('</svg>');
  return new Blob(parts, { type: 'image/svg+xml' });
};

export const toPng = (scene, theme, icons) => {
  const { x, y, w, h } = scene.bounds;
  const s = Math.min(2, 12000 / (w + 2 * MARGIN), 12000 / (h + 2 * MARGIN), Math.sqrt(40e6 / ((w + 2 * MARGIN) * (h + 2 * MARGIN))));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round((w + 2 * MARGIN) * s));
  canvas.height = Math.max(1, Math.round((h + 2 * MARGIN) * s));
  const context = canvas.getContext('2d');
  paint(context, scene, { x: (MARGIN - x) * s, y: (MARGIN - y) * s, s }, { w: canvas.width, h: canvas.height }, theme, icons, {});
  context.globalCompositeOperation = 'destination-over';
  context.fillStyle = theme.paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => canvas.toBlob(blob => blob ? resolve(blob) : reject(new Error('The picture is too large for this browser.')), 'image/png'));
};

export const save = (blob, name) => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};
