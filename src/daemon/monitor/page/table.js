/* The table of the events, and the details of the selected one. */

import * as words from './words.js';

function element(name, text = '', className = '') {
  const made = document.createElement(name);
  made.textContent = text;
  if (className)
    made.className = className;
  return made;
}

function setText(node, text) {
  if (node.textContent !== text)
    node.textContent = text;
}

function partyText(party) {
  return `${words.typeText(party.type)} ${words.partyId(party)}`.trim();
}

/* Of a list: [name, value]. */
export function fillList(list, pairs) {
  while (list.children.length > 2 * pairs.length)
    list.lastChild.remove();
  while (list.children.length < 2 * pairs.length)
    list.append(element('dt'), element('dd'));
  pairs.forEach(([name, value], i) => {
    setText(list.children[2 * i], name);
    setText(list.children[2 * i + 1], value);
  });
}

export class Table {
  #body = document.getElementById('rows');
  #scene;
  #select;
  #rows = new Map(); /* by action id */
  selected = null;

  constructor(scene, select) {
    this.#scene = scene;
    this.#select = select;
    this.#body.addEventListener('keydown', (event) => this.#key(event));
    this.#body.addEventListener('click', (event) => {
      const row = event.target.closest('tr');
      if (row)
        select(row.dataset.id === this.selected ? null : row.dataset.id);
    });
  }

  /* The rows as of the last message, in their order. What has the focus keeps
   * it, or gives it to the row that comes in its place. */
  update(now) {
    const focused = document.activeElement.closest?.('#rows tr');
    const place = focused ? [...this.#body.children].indexOf(focused) : -1;
    const events = this.#scene.ordered(now);
    this.#drop();
    events.forEach((event, i) => {
      const row = this.#row(event);
      if (this.#body.children[i] !== row)
        this.#body.insertBefore(row, this.#body.children[i] ?? null);
      this.#fill(row, event);
    });
    this.#keepFocus(focused, place);
    document.getElementById('no-rows').hidden = events.length > 0;
    this.tick(now);
  }

  /* What counts down. */
  tick(now) {
    for (const row of this.#body.children) {
      const left = this.#scene.events.get(row.dataset.id).collision - now;
      setText(row.cells[0], words.countdownText(left));
      row.dataset.urgency = words.urgency(left);
    }
    this.#detail(now);
  }

  #drop() {
    for (const [id, row] of this.#rows)
      if (!this.#scene.events.has(id)) {
        row.remove();
        this.#rows.delete(id);
      }
  }

  #row(event) {
    let row = this.#rows.get(event.id);
    if (row)
      return row;
    row = element('tr');
    row.dataset.id = event.id;
    const risk = element('td');
    risk.append(element('button'));
    row.append(element('td', '', 'number'), risk,
      element('td', '', 'party'), element('td', '', 'party'),
      element('td', event.id, 'wide'));
    row.querySelector('button').type = 'button';
    this.#rows.set(event.id, row);
    return row;
  }

  #fill(row, event) {
    const button = row.querySelector('button');
    const isSelected = event.id === this.selected;
    setText(button, words.riskText(event.subCause));
    button.setAttribute('aria-pressed', String(isSelected));
    row.classList.toggle('selected', isSelected);
    setText(row.cells[2], partyText(event.reference));
    setText(row.cells[3], partyText(event.target));
  }

  /* One row is reached by the tabulator, the others from there by arrows. */
  #keepFocus(focused, place) {
    const rows = [...this.#body.children];
    const lost = focused && document.activeElement === document.body;
    let current = focused?.isConnected ? focused : null;
    if (!current && lost)
      current = rows[Math.min(place, rows.length - 1)];
    const reached = current ?? this.#rows.get(this.selected) ?? rows[0];
    for (const row of rows)
      row.querySelector('button').tabIndex = row === reached ? 0 : -1;
    if (lost && current)
      current.querySelector('button').focus({preventScroll: true});
  }

  #key(event) {
    const rows = [...this.#body.children];
    const at = rows.indexOf(event.target.closest('tr'));
    const next = {ArrowUp: at - 1, ArrowDown: at + 1, Home: 0,
      End: rows.length - 1}[event.key];
    if (event.key === 'Escape')
      this.#select(null);
    else if (next === undefined)
      return;
    else
      this.#go(rows, Math.min(Math.max(next, 0), rows.length - 1));
    event.preventDefault();
  }

  #go(rows, next) {
    rows.forEach((row, i) => {
      row.querySelector('button').tabIndex = i === next ? 0 : -1;
    });
    rows[next].querySelector('button').focus();
  }

  #detail(now) {
    const event = this.#scene.events.get(this.selected);
    document.getElementById('details').hidden = !event;
    if (!event)
      return;
    const {reference, target} = event;
    setText(document.getElementById('details-title'), `DENM ${event.id}`);
    fillList(document.getElementById('details-list'), [
      ['Collision', words.countdownText(event.collision - now)],
      ['Risk', words.riskText(event.subCause)],
      ['Where', event.at.map((degrees) => degrees.toFixed(6)).join(', ')],
      ['Relevant within', event.distance ? `${event.distance} m` : 'not known'],
      ['Reference', this.#moving(reference)],
      ['Target', this.#moving(target)],
      ['Active for', words.durationText(now - event.since)],
      ['Last DENM', `${words.durationText(now - event.sent)} ago`],
      ['Valid for', words.durationText(Math.max(event.valid - now, 0))],
    ]);
  }

  #moving(party) {
    return `${partyText(party)}, ${words.speedText(party.speed)}, ` +
      `heading ${words.headingText(party.heading)}`;
  }
}
