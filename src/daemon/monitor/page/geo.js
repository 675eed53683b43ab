/* A plane on the WGS 84 ellipsoid, in metres east and north: true to scale
 * around one place of it. */

const A = 6378137;
const E2 = 0.00669437999014;
const RADIANS = Math.PI / 180;
const COSINE_MIN = 0.01; /* so that the poles are no exception */
const TRUE_M = 20000; /* within it the scale is less than 1 % off in Europe */

function clamp(value, limit) {
  return Math.min(Math.max(value, -limit), limit);
}

function turn(degrees) {
  return degrees - 360 * Math.round(degrees / 360);
}

export class Plane {
  #latitude;
  #longitude;
  #middle; /* the point of that place */
  #east; /* metres of a degree there */
  #north;

  constructor([latitude, longitude], middle = {x: 0, y: 0}) {
    const sine = Math.sin(latitude * RADIANS);
    const cosine = Math.max(Math.cos(latitude * RADIANS), COSINE_MIN);
    const root = Math.sqrt(1 - E2 * sine * sine);
    this.#latitude = latitude;
    this.#longitude = longitude;
    this.#middle = middle;
    this.#east = A / root * cosine * RADIANS;
    this.#north = A * (1 - E2) / root ** 3 * RADIANS;
  }

  point([latitude, longitude]) {
    return {
      x: this.#middle.x + turn(longitude - this.#longitude) * this.#east,
      y: this.#middle.y + (latitude - this.#latitude) * this.#north,
    };
  }

  isTrueAt(point) {
    return distance(point, this.#middle) < TRUE_M;
  }

  /* One that is true around `point`, which is the same place on both. */
  around({x, y}) {
    const latitude = this.#latitude + (y - this.#middle.y) / this.#north;
    const longitude = this.#longitude + (x - this.#middle.x) / this.#east;
    return new Plane([clamp(latitude, 90), turn(longitude)], {x, y});
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
