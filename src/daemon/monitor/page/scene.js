/* The events and their parties, as of the messages. */

import {Plane, distance, moved} from './geo.js';
import {partyId} from './words.js';

const NEAR_M = 500; /* of the followed event is followed with it */
const GUESS_MAX_MS = 1500; /* beyond it, where a party is now is not known */
const TRAIL_MS = 4000;
const FADE_MS = 1200;
const SAME_MS = 250;

export class Scene {
  events = new Map(); /* by action id */
  parties = new Map(); /* by station and object: the latest of each */
  faded = []; /* events that have ended just now */
  here = null; /* the position that is followed; null: not decided */
  #plane = null;

  /* Takes a message in, and returns the action ids that are gone. */
  take(message) {
    const gone = message.service ? this.#missing(message) : message.gone;
    for (const id of gone)
      this.#end(id, message.now);
    for (const event of message.events)
      this.#put(event);
    /* Of more than are shown, who is gone may well go on. */
    const hasAll = message.total === this.events.size;
    this.faded = this.faded.filter((one) => hasAll &&
      message.now - one.ended < FADE_MS);
    this.#forget(message.now);
    return gone;
  }

  /* The most urgent first, then those of which the collision has passed. What
   * is at nearly the same time keeps its place. */
  ordered(now) {
    const rank = (event) => {
      const step = Math.round(event.collision / SAME_MS);
      return event.collision >= now ? step : 1e12 - step;
    };
    return [...this.events.values()].sort((a, b) => rank(a) - rank(b) ||
      a.since - b.since || (a.id < b.id ? -1 : 1));
  }

  place(party, now) {
    return moved(party.place, party,
      Math.min(Math.max(now - party.measured, 0), GUESS_MAX_MS));
  }

  /* The event that a map follows: the most urgent one, but of the same place as
   * long as a collision is ahead there, as of many it would fly about. */
  followed(now) {
    const events = this.ordered(now);
    const candidates = [...this.#near(this.here, events), ...events];
    const first = candidates.find((event) => event.collision >= now) ??
      candidates[0];
    this.here = first?.at ?? this.here;
    return first;
  }

  /* What such a map should have on it. */
  points(now) {
    const first = this.followed(now);
    return this.#near(first?.at, [...this.events.values()]).flatMap(
      (event) => [event.place,
        ...this.partiesOf(event).map((party) => this.place(party, now))]);
  }

  /* All places are true to scale around `point`, which itself stays. */
  lookAt(point) {
    if (!this.#plane || this.#plane.isTrueAt(point))
      return;
    this.#plane = this.#plane.around(point);
    const parties = [...this.parties.values()];
    for (const one of [...this.events.values(), ...this.faded, ...parties,
      ...parties.flatMap((party) => party.trail)])
      one.place = this.#plane.point(one.at);
  }

  partiesOf(event) {
    return [event.reference, event.target]
      .map((party) => this.parties.get(partyId(party)))
      .filter((party) => party !== undefined);
  }

  #near(at, events) {
    const place = at && this.#plane.point(at);
    return events.filter((event) => place &&
      distance(event.place, place) < NEAR_M);
  }

  #missing(message) {
    const all = new Set(message.events.map((event) => event.id));
    return [...this.events.keys()].filter((id) => !all.has(id));
  }

  #end(id, now) {
    const event = this.events.get(id);
    if (event)
      this.faded.push({...event, ended: now});
    this.events.delete(id);
  }

  #put(event) {
    this.#plane ??= new Plane(event.at);
    event.place = this.#plane.point(event.at);
    this.events.set(event.id, event);
    this.#see(event.reference, event, true);
    this.#see(event.target, event, false);
  }

  #see(party, event, isReference) {
    if (!party.at)
      return;
    const id = partyId(party);
    const known = this.parties.get(id);
    if (known && known.measured > event.measured)
      return;
    const place = this.#plane.point(party.at);
    const {measured} = event;
    const trail = known?.trail ?? [];
    if (!known || known.measured < measured)
      trail.push({at: party.at, place, measured});
    /* Who is a reference anywhere is drawn as one. */
    const wasReference = known?.measured === measured && known.isReference;
    this.parties.set(id, {...party, id, place, trail, measured,
      isReference: isReference || wasReference});
  }

  #forget(now) {
    const used = new Set([...this.events.values()].flatMap((event) =>
      [partyId(event.reference), partyId(event.target)]));
    for (const [id, party] of this.parties) {
      while (party.trail.length && now - party.trail[0].measured > TRAIL_MS)
        party.trail.shift();
      if (!used.has(id))
        this.parties.delete(id);
    }
  }
}
