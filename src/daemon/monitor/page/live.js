/* The live page: messages in, map, table, charts and words out. */

import {Charts} from './charts.js';
import {Feed} from './feed.js';
import {Map2d} from './map.js';
import {showPartitions} from './partitions.js';
import {Scene} from './scene.js';
import {Table, fillList} from './table.js';
import {durationText} from './words.js';

const [UNDELIVERED, PENDING] = [2, 3]; /* places in a partition */
const TICK_MS = 100;
const CALM_TICK_MS = 1000;

const byId = (id) => document.getElementById(id);
const calm = matchMedia('(prefers-reduced-motion: reduce)');
const scene = new Scene();
const map = new Map2d(byId('map'), scene, select);
const table = new Table(scene, select);
const charts = new Charts(byId('charts'));
let service = {};
let state = null;
let ticked = 0;

function setText(id, text) {
  if (byId(id).textContent !== text)
    byId(id).textContent = text;
}

/* ---- what is said aloud: changes, not each message ---- */

const said = new Map();

function announce(topic, text) {
  if (said.get(topic) === text)
    return;
  const isFirst = !said.has(topic);
  said.set(topic, text);
  if (!isFirst)
    setText('announcer', text);
}

/* ---- selection ---- */

function select(id) {
  map.selected = id;
  table.selected = id;
  if (id)
    map.isFollowing = true;
  table.update(feed.now());
  said.set('selected', id);
}

function noteGone(gone) {
  if (!gone.includes(map.selected))
    return;
  announce('selected', `DENM ${map.selected} is gone`);
  map.selected = null;
  table.selected = null;
}

/* ---- state ---- */

function chip(id, kind, text) {
  setText(id, text);
  byId(id).dataset.state = kind;
  announce(id, text);
}

const LEASES = {
  held: ['good', 'lease held'],
  standby: ['wait', 'standing by: another instance holds the lease'],
  none: ['bad', 'no lease'],
};

function leaseText(count) {
  const held = state.partitions.filter(([lease]) => lease === 'held').length;
  return count > 1 ? `${held} of ${count} partitions held`
    : LEASES[state.lease][1];
}

function showReasons(count) {
  const texts = state.reasons.map(([text, partitions]) => count > 1 ?
    `${text} (${partitions} of ${count} partitions)` : text);
  byId('reason').hidden = texts.length === 0;
  setText('reason', texts.join('; '));
}

/* How far behind the inputs are, of all partitions of which that is known. */
function lagText(place) {
  const known = state.partitions.map((partition) => partition[place])
    .filter((value) => value >= 0);
  return known.length ? String(known.reduce((sum, value) => sum + value))
    : 'not known';
}

function showState() {
  const count = state.partitions.length;
  const isConnected = state.connected === count;
  chip('chip-redis', isConnected ? 'good' : 'bad',
    isConnected ? 'Redis connected' : 'Redis not connected');
  chip('chip-lease', LEASES[state.lease][0], leaseText(count));
  showReasons(count);
  showPartitions(state.partitions);
  fillList(byId('service-list'), [
    ['Station', String(service.station)],
    ['Up for', durationText(state.uptime)],
    ['Last commit', state.committed === undefined ? 'none yet'
      : `${durationText(state.committed)} ago`],
    ['Connects', String(state.connects)],
    ['Action ids', `${state.records} of ${state.recordsMax}`],
    ['Triggers', String(state.triggers)],
    ['Inputs waiting', lagText(UNDELIVERED)],
    ['Updates', String(state.updates)],
    ['Inputs pending', lagText(PENDING)],
    ['Cancellations', String(state.cancellations)],
    ['Inputs refused', String(state.rejected)],
    ['Negations', String(state.negations)],
  ]);
}

function showService() {
  setText('instance', service.instance);
  setText('version', `stepden ${service.version}`);
}

function showTotal(total) {
  const shown = scene.events.size;
  setText('total', String(total));
  byId('more').hidden = shown >= total;
  setText('more', `The ${shown} most urgent of ${total} are shown.`);
  byId('calm').hidden = total > 0;
  document.title = `${total ? `(${total}) ` : ''}stepden ${service.instance}`;
  announce('any', total ? 'There are active DENMs' : 'No active DENMs');
}

/* ---- the feed ---- */

function take(message) {
  if (message.service) {
    service = message.service;
    showService();
  }
  state = message.state;
  noteGone(scene.take(message));
  showState();
  showTotal(message.total);
  charts.take(message);
  table.update(message.now);
}

function connection(isThere) {
  document.body.classList.toggle('lost', !isThere);
  if (!isThere) {
    charts.break();
    chip('chip-redis', 'wait', 'Redis: not known');
    chip('chip-lease', 'wait', 'lease: not known');
  }
  chip('chip-feed', isThere ? 'good' : 'bad',
    isThere ? 'live' : 'disconnected');
}

const feed = new Feed({message: take, connection});

/* ---- each frame ---- */

/* Who wants little motion gets a picture a second. */
function frame(time) {
  requestAnimationFrame(frame);
  const isDue = time - ticked >= (calm.matches ? CALM_TICK_MS : TICK_MS);
  if (isDue) {
    ticked = time;
    if (feed.isLive)
      table.tick(feed.now());
    else if (feed.silence() > 0)
      setText('chip-feed', `disconnected: as of ${durationText(feed.silence())} ago`);
  }
  if (isDue || !calm.matches)
    map.draw(feed.now(), calm.matches);
}

map.onFollow = (isFollowing) =>
  byId('follow').setAttribute('aria-pressed', String(isFollowing));
byId('follow').addEventListener('click', () => {
  map.isFollowing = !map.isFollowing;
});
byId('zoom-in').addEventListener('click', () => map.zoom(1.4));
byId('zoom-out').addEventListener('click', () => map.zoom(1 / 1.4));
for (const query of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)'])
  matchMedia(query).addEventListener('change', () => map.readColors());
requestAnimationFrame(frame);
