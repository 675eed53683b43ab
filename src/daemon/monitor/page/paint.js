/* The strokes that the map is made of, in the colours of the style sheet. */

import {countdownText, isVulnerable, urgency} from './words.js';

const NAMES = ['map', 'grid', 'grid-strong', 'ink', 'soft', 'reference',
  'target', 'high', 'middle', 'low', 'none', 'halo'];
const RING_MS = 5000; /* a whole ring */
const RING_PX = 13;
const LABEL_FONT = '12px system-ui, sans-serif';

export function readColors(element) {
  const style = getComputedStyle(element);
  return Object.fromEntries(NAMES.map((name) =>
    [name, style.getPropertyValue(`--${name}`).trim()]));
}

/* 1, 2 or 5 times a power of ten, `least` or more. */
export function roundStep(least) {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * [1, 2, 5, 10].find((n) => n * power >= least * 0.999);
}

function line(context, from, to) {
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  context.stroke();
}

export function paintGrid(context, view, colors) {
  const step = roundStep(64 / view.scale);
  const from = view.toPlane({x: 0, y: view.height});
  const to = view.toPlane({x: view.width, y: 0});
  context.lineWidth = 1;
  for (let i = Math.ceil(from.x / step); i * step <= to.x; i++) {
    const x = Math.round(view.toScreen({x: i * step, y: 0}).x) + 0.5;
    context.strokeStyle = colors[i % 5 ? 'grid' : 'grid-strong'];
    line(context, {x, y: 0}, {x, y: view.height});
  }
  for (let i = Math.ceil(from.y / step); i * step <= to.y; i++) {
    const y = Math.round(view.toScreen({x: 0, y: i * step}).y) + 0.5;
    context.strokeStyle = colors[i % 5 ? 'grid' : 'grid-strong'];
    line(context, {x: 0, y}, {x: view.width, y});
  }
}

/* A round length that takes up 56 to 140 pixels. */
export function paintScale(context, view, colors) {
  const metres = roundStep(56 / view.scale);
  const [x, y, size] = [16, view.height - 18, metres * view.scale];
  context.strokeStyle = colors.ink;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(x, y - 5);
  context.lineTo(x, y);
  context.lineTo(x + size, y);
  context.lineTo(x + size, y - 5);
  context.stroke();
  paintText(context, metres >= 1000 ? `${metres / 1000} km` : `${metres} m`,
    {x: x + size / 2, y: y - 8}, colors, 'center');
}

export function paintNorth(context, colors) {
  context.fillStyle = colors.soft;
  context.beginPath();
  context.moveTo(22, 14);
  context.lineTo(27, 28);
  context.lineTo(22, 25);
  context.lineTo(17, 28);
  context.fill();
  paintText(context, 'N', {x: 22, y: 42}, colors, 'center');
}

/* On a halo, so that it can be read on anything. */
export function paintText(context, text, {x, y}, colors, align = 'left') {
  context.font = LABEL_FONT;
  context.textAlign = align;
  context.lineJoin = 'round';
  context.lineWidth = 3.5;
  context.strokeStyle = colors.map;
  context.strokeText(text, x, y);
  context.fillStyle = colors.ink;
  context.fillText(text, x, y);
}

export function paintTrail(context, points, color) {
  context.strokeStyle = color;
  context.lineWidth = 2;
  for (let i = 1; i < points.length; i++) {
    context.globalAlpha = 0.5 * i / points.length;
    line(context, points[i - 1], points[i]);
  }
  context.globalAlpha = 1;
}

/* The relevance circle: awarenessDistance around the event. */
export function paintCircle(context, at, radius, color) {
  context.strokeStyle = color;
  context.fillStyle = color;
  context.lineWidth = 1.2;
  context.setLineDash([6, 6]);
  context.beginPath();
  context.arc(at.x, at.y, radius, 0, 2 * Math.PI);
  context.globalAlpha = 0.04;
  context.fill();
  context.globalAlpha = 0.7;
  context.stroke();
  context.globalAlpha = 1;
  context.setLineDash([]);
}

export function paintWay(context, from, to, color, isStrong) {
  context.strokeStyle = color;
  context.lineWidth = isStrong ? 2 : 1.2;
  context.globalAlpha = isStrong ? 0.95 : 0.6;
  context.setLineDash([2, 5]);
  line(context, from, to);
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/* A ring that is whole RING_MS before the collision, and empty at it. */
export function paintCollision(context, at, left, colors, isSelected) {
  const color = colors[urgency(left)];
  const share = Math.min(Math.max(left / RING_MS, 0), 1);
  context.strokeStyle = color;
  context.lineWidth = isSelected ? 4 : 3;
  context.globalAlpha = 0.25;
  context.beginPath();
  context.arc(at.x, at.y, RING_PX, 0, 2 * Math.PI);
  context.stroke();
  context.globalAlpha = 1;
  context.beginPath();
  context.arc(at.x, at.y, RING_PX, -Math.PI / 2,
    -Math.PI / 2 + 2 * Math.PI * share);
  context.stroke();
  context.lineWidth = 2;
  line(context, {x: at.x - 4, y: at.y - 4}, {x: at.x + 4, y: at.y + 4});
  line(context, {x: at.x - 4, y: at.y + 4}, {x: at.x + 4, y: at.y - 4});
  paintText(context, countdownText(left), {x: at.x + RING_PX + 6, y: at.y + 4},
    colors);
}

export function paintEnd(context, at, share, colors) {
  context.strokeStyle = colors.none;
  context.lineWidth = 2;
  context.globalAlpha = 1 - share;
  context.beginPath();
  context.arc(at.x, at.y, RING_PX + 14 * share, 0, 2 * Math.PI);
  context.stroke();
  context.globalAlpha = 1;
}

function paintArrow(context, length) {
  const [nose, tail, half] = [length * 0.6, length * 0.45, length * 0.33];
  context.beginPath();
  context.moveTo(0, -nose);
  context.lineTo(half, tail);
  context.lineTo(0, tail * 0.55);
  context.lineTo(-half, tail);
  context.closePath();
}

/* A vehicle points where it goes; who is vulnerable is round, with a nose. */
export function paintParty(context, at, party, colors, isSelected) {
  context.save();
  context.translate(at.x, at.y);
  context.fillStyle = colors[party.isReference ? 'reference' : 'target'];
  context.strokeStyle = isSelected ? colors.ink : colors.map;
  context.lineWidth = 2;
  const hasHeading = party.heading !== undefined;
  if (hasHeading)
    context.rotate(party.heading / 1800 * Math.PI);
  if (hasHeading && !isVulnerable(party.type)) {
    paintArrow(context, 20);
  } else {
    context.beginPath();
    context.arc(0, 0, 6.5, 0, 2 * Math.PI);
  }
  context.fill();
  context.stroke();
  if (hasHeading && isVulnerable(party.type)) {
    context.strokeStyle = context.fillStyle;
    context.lineWidth = 3;
    line(context, {x: 0, y: -7}, {x: 0, y: -12});
  }
  context.restore();
}
