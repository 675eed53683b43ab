/* The map: what is where, and the hands that move it. */

import * as paint from './paint.js';
import {View} from './view.js';
import {typeText} from './words.js';

const KEY_PX = 80;
const HIT_PX = 26;
const LABELS_MAX = 40; /* of parties: more of them hide what they name */
const FADE_MS = 1200;
const MOVES = {
  ArrowLeft: [KEY_PX, 0], ArrowRight: [-KEY_PX, 0],
  ArrowUp: [0, KEY_PX], ArrowDown: [0, -KEY_PX],
};

/* Not ahead of a party, where the collision is. */
function labelOffset({heading}) {
  const goesDown = Math.cos((heading ?? 0) / 1800 * Math.PI) < -0.3;
  return goesDown ? -18 : 26;
}

export class Map2d {
  #canvas;
  #context;
  #scene;
  #select; /* called with an action id, or null */
  #view = new View();
  #colors;
  #pointers = new Map();
  #travelled = 0; /* pixels since the first pointer came down */
  #isFollowing = true;
  selected = null;
  onFollow = () => {};

  constructor(canvas, scene, select) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d');
    this.#scene = scene;
    this.#select = select;
    this.readColors();
    new ResizeObserver(() => this.#resize()).observe(canvas);
    this.#listen();
  }

  readColors() {
    this.#colors = paint.readColors(this.#canvas);
  }

  set isFollowing(value) {
    this.#isFollowing = value;
    this.#scene.here = null;
    this.onFollow(value);
  }

  get isFollowing() {
    return this.#isFollowing;
  }

  zoom(factor, pixel) {
    this.isFollowing = false;
    this.#view.zoom(factor, pixel);
  }

  /* `isCalm` leaves out all motion that is not that of the parties. */
  draw(now, isCalm) {
    const view = this.#view;
    if (this.#isFollowing) {
      view.seek(this.#followed(now));
      view.step(isCalm ? 1 : 0.12);
    }
    this.#scene.lookAt(view);
    const context = this.#context;
    context.fillStyle = this.#colors.map;
    context.fillRect(0, 0, view.width, view.height);
    paint.paintGrid(context, view, this.#colors);
    this.#drawEvents(now);
    this.#drawParties(now);
    this.#drawCollisions(now);
    paint.paintScale(context, view, this.#colors);
    paint.paintNorth(context, this.#colors);
  }

  /* The selected event, else the followed one and those near it. */
  #followed(now) {
    const event = this.#scene.events.get(this.selected);
    return event ? [event.place, ...this.#scene.partiesOf(event)
      .map((party) => this.#scene.place(party, now))]
      : this.#scene.points(now);
  }

  /* The circle is that of the selected event, else of the followed one. */
  #drawEvents(now) {
    const view = this.#view;
    const circled = this.selected ?? this.#scene.followed(now)?.id;
    for (const event of this.#scene.events.values()) {
      const isSelected = event.id === this.selected;
      const at = view.toScreen(event.place);
      const color = this.#colors[isSelected ? 'halo' : 'soft'];
      if (event.distance && event.id === circled)
        paint.paintCircle(this.#context, at, event.distance * view.scale,
          color);
      for (const party of this.#scene.partiesOf(event))
        paint.paintWay(this.#context,
          view.toScreen(this.#scene.place(party, now)), at,
          this.#colors[party.isReference ? 'reference' : 'target'],
          isSelected);
    }
  }

  #drawParties(now) {
    const parties = [...this.#scene.parties.values()];
    const event = this.#scene.events.get(this.selected);
    const chosen = new Set(event ? this.#scene.partiesOf(event) : []);
    for (const party of parties) {
      const at = this.#view.toScreen(this.#scene.place(party, now));
      const color = this.#colors[party.isReference ? 'reference' : 'target'];
      const trail = party.trail.map(({place}) => this.#view.toScreen(place));
      paint.paintTrail(this.#context, [...trail, at], color);
      paint.paintParty(this.#context, at, party, this.#colors,
        chosen.has(party));
      if (parties.length <= LABELS_MAX || chosen.has(party))
        paint.paintText(this.#context, `${typeText(party.type)} ${party.id}`,
          {x: at.x, y: at.y + labelOffset(party)}, this.#colors, 'center');
    }
  }

  /* The most urgent one is drawn last, above the others. */
  #drawCollisions(now) {
    const context = this.#context;
    for (const event of this.#scene.faded)
      paint.paintEnd(context, this.#view.toScreen(event.place),
        Math.min((now - event.ended) / FADE_MS, 1), this.#colors);
    for (const event of this.#scene.ordered(now).reverse())
      paint.paintCollision(context, this.#view.toScreen(event.place),
        event.collision - now, this.#colors, event.id === this.selected);
  }

  #resize() {
    const {clientWidth: width, clientHeight: height} = this.#canvas;
    const ratio = window.devicePixelRatio || 1;
    Object.assign(this.#view, {width, height});
    this.#canvas.width = Math.round(width * ratio);
    this.#canvas.height = Math.round(height * ratio);
    this.#context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  /* ---- hands ---- */

  #listen() {
    const on = (name, does) =>
      this.#canvas.addEventListener(name, (event) => does.call(this, event),
        {passive: false});
    on('pointerdown', this.#press);
    on('pointermove', this.#drag);
    on('pointerup', this.#release);
    on('pointercancel', this.#release);
    on('wheel', this.#wheel);
    on('keydown', this.#key);
  }

  #pixel(event) {
    const box = this.#canvas.getBoundingClientRect();
    return {x: event.clientX - box.left, y: event.clientY - box.top};
  }

  #press(event) {
    if (this.#pointers.size === 0)
      this.#travelled = 0;
    this.#canvas.setPointerCapture(event.pointerId);
    this.#pointers.set(event.pointerId, this.#pixel(event));
  }

  #drag(event) {
    const before = this.#pointers.get(event.pointerId);
    if (!before)
      return;
    const pixel = this.#pixel(event);
    const [dx, dy] = [pixel.x - before.x, pixel.y - before.y];
    this.#travelled += Math.hypot(dx, dy);
    this.#pointers.set(event.pointerId, pixel);
    if (this.#travelled < 4)
      return;
    this.isFollowing = false;
    this.#view.pan(dx / this.#pointers.size, dy / this.#pointers.size);
    if (this.#pointers.size === 2)
      this.#pinch(event.pointerId, before, pixel);
  }

  #pinch(moved, before, pixel) {
    const [, other] = [...this.#pointers].find(([id]) => id !== moved);
    const was = Math.hypot(before.x - other.x, before.y - other.y);
    const is = Math.hypot(pixel.x - other.x, pixel.y - other.y);
    if (was > 0)
      this.#view.zoom(is / was,
        {x: (pixel.x + other.x) / 2, y: (pixel.y + other.y) / 2});
  }

  #release(event) {
    const pixel = this.#pointers.get(event.pointerId);
    this.#pointers.delete(event.pointerId);
    if (pixel && event.type === 'pointerup' && this.#travelled < 4)
      this.#select(this.#hit(pixel));
  }

  /* The event whose collision or party is there, or null. */
  #hit(pixel) {
    let [nearest, id] = [HIT_PX, null];
    for (const event of this.#scene.events.values())
      for (const {place} of [event, ...this.#scene.partiesOf(event)]) {
        const at = this.#view.toScreen(place);
        const far = Math.hypot(at.x - pixel.x, at.y - pixel.y);
        if (far < nearest)
          [nearest, id] = [far, event.id];
      }
    return id;
  }

  #wheel(event) {
    event.preventDefault();
    this.zoom(Math.exp(-Math.sign(event.deltaY) * 0.18), this.#pixel(event));
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey)
      return;
    if (MOVES[event.key]) {
      this.isFollowing = false;
      this.#view.pan(...MOVES[event.key]);
    } else if (event.key === '+' || event.key === '=') {
      this.zoom(1.3);
    } else if (event.key === '-') {
      this.zoom(1 / 1.3);
    } else if (event.key === '0' || event.key === 'Home') {
      this.isFollowing = true;
    } else if (event.key === 'Escape') {
      this.#select(null);
    } else {
      return;
    }
    event.preventDefault();
  }
}
