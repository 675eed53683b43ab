/* A plane at some position on the WGS 84 ellipsoid, in metres east and north. */

const A = 6378137;
const E2 = 0.00669437999014;
const RADIANS = Math.PI / 180;

export class Plane {
  #latitude;
  #longitude;
  #east;
  #north;

  constructor([latitude, longitude]) {
    const sine = Math.sin(latitude * RADIANS);
    const root = Math.sqrt(1 - E2 * sine * sine);
    this.#latitude = latitude;
    this.#longitude = longitude;
    this.#east = A / root * Math.cos(latitude * RADIANS) * RADIANS;
    this.#north = A * (1 - E2) / root ** 3 * RADIANS;
  }

  point([latitude, longitude]) {
    const turn = (longitude - this.#longitude + 540) % 360 - 180;
    return {x: turn * this.#east, y: (latitude - this.#latitude) * this.#north};
  }
}

/* Where who moves so is after `ms`. */
export function moved(point, party, ms) {
  if (!party.speed || party.heading === undefined)
    return point;
  const way = party.speed / 100 * ms / 1000;
  const angle = party.heading / 10 * RADIANS;
  return {x: point.x + way * Math.sin(angle), y: point.y + way * Math.cos(angle)};
}

export function distance(one, other) {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
