/* Rates and latency of the last minutes, one sample a second. They begin with
 * the page: the service keeps none for who does not watch. */

import {milliseconds} from './words.js';

const SAMPLES = 300;
const SAMPLES_SEEN = 60; /* at least, so that the first ones can be seen */
const SAMPLE_MS = 1000;
const SVG = 'http://www.w3.org/2000/svg';
const HEIGHT = 60;

function quantile(counts, bounds, share) {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let below = 0;
  for (let i = 0; i < counts.length; i++) {
    below += counts[i];
    if (total > 0 && below >= share * total)
      return bounds[Math.min(i, bounds.length - 1)];
  }
  return null;
}

const rate = (value) => value >= 100 ? value.toFixed(0) : value.toFixed(1);

const CHARTS = [
  {name: 'DENMs a second', of: (d) => d.denms, text: rate, least: 10},
  {name: 'Inputs a second', of: (d) => d.inputs, text: rate, least: 10},
  {name: 'Latency, 95 %', of: (d) => d.latency, text: milliseconds,
    least: 2000},
  {name: 'Active DENMs', of: (d) => d.active, text: String, least: 5},
];

function denms(state) {
  return state.triggers + state.updates + state.cancellations +
    state.repetitions;
}

export class Charts {
  #samples = []; /* null where nothing was heard */
  #last = null; /* what the next sample is the difference to */
  #bounds = [];
  #figures;

  constructor(section) {
    this.#figures = CHARTS.map((chart) => this.#figure(section, chart));
  }

  take(message) {
    if (message.service) {
      this.#bounds = message.service.latencyBounds;
      this.#last = null;
    }
    const {now, state, total} = message;
    if (!this.#last) {
      this.#last = {now, state};
      return;
    }
    const seconds = (now - this.#last.now) / 1000;
    if (seconds * 1000 < SAMPLE_MS)
      return;
    const before = this.#last.state;
    const counts = state.latency.map((count, i) => count - before.latency[i]);
    this.#add({
      denms: (denms(state) - denms(before)) / seconds,
      inputs: (state.inputs - before.inputs) / seconds,
      latency: quantile(counts, this.#bounds, 0.95),
      active: total,
    });
    this.#last = {now, state};
  }

  /* The connection is gone: a gap, as long as it may be. */
  break() {
    this.#add(null);
    this.#last = null;
  }

  #add(sample) {
    this.#samples.push(sample);
    if (this.#samples.length > SAMPLES)
      this.#samples.shift();
    CHARTS.forEach((chart, i) => this.#draw(chart, this.#figures[i]));
  }

  #figure(section, chart) {
    const figure = document.createElement('figure');
    const caption = document.createElement('figcaption');
    const name = document.createElement('span');
    const value = document.createElement('strong');
    const svg = document.createElementNS(SVG, 'svg');
    const area = document.createElementNS(SVG, 'path');
    const line = document.createElementNS(SVG, 'path');
    const scale = document.createElement('p');
    name.textContent = chart.name;
    value.textContent = '–';
    svg.setAttribute('preserveAspectRatio', 'none');
    svg.setAttribute('aria-hidden', 'true');
    area.setAttribute('class', 'area');
    line.setAttribute('class', 'line');
    caption.append(name, value);
    svg.append(area, line);
    figure.append(caption, svg, scale);
    section.append(figure);
    return {value, svg, area, line, scale};
  }

  #draw(chart, figure) {
    const values = this.#samples.map((sample) => sample && chart.of(sample));
    const known = values.filter((value) => value !== null);
    const top = Math.max(chart.least, ...known) * 1.1;
    const width = Math.max(SAMPLES_SEEN, values.length) - 1;
    let [line, area] = ['', ''];
    values.forEach((value, i) => {
      if (value === null)
        return;
      const x = width - values.length + 1 + i;
      const y = (HEIGHT * (1 - value / top)).toFixed(1);
      const isFirst = (values[i - 1] ?? null) === null;
      const isLast = (values[i + 1] ?? null) === null;
      line += `${isFirst ? 'M' : 'L'}${x} ${y}`;
      area += `${isFirst ? `M${x} ${HEIGHT}` : ''}L${x} ${y}` +
        `${isLast ? `L${x} ${HEIGHT}Z` : ''}`;
    });
    figure.svg.setAttribute('viewBox', `0 0 ${width} ${HEIGHT}`);
    figure.line.setAttribute('d', line);
    figure.area.setAttribute('d', area);
    const last = values.at(-1);
    figure.value.textContent = last === null ? '–' : chart.text(last);
    figure.scale.textContent = known.length ?
      `up to ${chart.text(Math.max(...known))}` : '';
  }
}
