/* Which part of the plane is seen: metres to pixels, moved and zoomed. */

const SCALE_MIN = 0.001; /* pixels of a metre */
const SCALE_MAX = 60;
const EXTENT_MIN_M = 50;
const MARGIN = 0.72; /* of the picture for what is to be seen */

export class View {
  x = 0; /* of the middle */
  y = 0;
  scale = 6;
  width = 1; /* pixels */
  height = 1;
  #goal = null;

  toScreen({x, y}) {
    return {
      x: this.width / 2 + (x - this.x) * this.scale,
      y: this.height / 2 - (y - this.y) * this.scale,
    };
  }

  toPlane({x, y}) {
    return {
      x: this.x + (x - this.width / 2) / this.scale,
      y: this.y - (y - this.height / 2) / this.scale,
    };
  }

  pan(dx, dy) {
    this.#goal = null;
    this.x -= dx / this.scale;
    this.y += dy / this.scale;
  }

  /* What is at this pixel stays there. */
  zoom(factor, pixel = {x: this.width / 2, y: this.height / 2}) {
    this.#goal = null;
    const before = this.toPlane(pixel);
    this.scale = Math.min(SCALE_MAX, Math.max(SCALE_MIN, this.scale * factor));
    const after = this.toPlane(pixel);
    this.x += before.x - after.x;
    this.y += before.y - after.y;
  }

  /* Goes to where all of these points are seen well; if they are already, it
   * stays, so that the map is calm. */
  seek(points) {
    if (points.length === 0)
      return;
    const xs = points.map((point) => point.x);
    const ys = points.map((point) => point.y);
    const [left, right] = [Math.min(...xs), Math.max(...xs)];
    const [bottom, top] = [Math.min(...ys), Math.max(...ys)];
    const scale = Math.min(SCALE_MAX,
      MARGIN * this.width / Math.max(right - left, EXTENT_MIN_M),
      MARGIN * this.height / Math.max(top - bottom, EXTENT_MIN_M));
    const goal = this.#goal ?? this;
    const isSeen = Math.abs(left - goal.x) * goal.scale < this.width * 0.46 &&
      Math.abs(right - goal.x) * goal.scale < this.width * 0.46 &&
      Math.abs(bottom - goal.y) * goal.scale < this.height * 0.46 &&
      Math.abs(top - goal.y) * goal.scale < this.height * 0.46;
    if (!isSeen || goal.scale < scale / 2.2)
      this.#goal = {x: (left + right) / 2, y: (bottom + top) / 2, scale};
  }

  /* One step towards what is sought; true: there is more to go. */
  step(share) {
    if (!this.#goal)
      return false;
    const {x, y, scale} = this.#goal;
    this.x += (x - this.x) * share;
    this.y += (y - this.y) * share;
    this.scale *= (scale / this.scale) ** share;
    if (Math.abs(this.x - x) * scale > 0.5 ||
        Math.abs(this.y - y) * scale > 0.5 ||
        Math.abs(this.scale / scale - 1) > 0.002)
      return true;
    Object.assign(this, this.#goal);
    this.#goal = null;
    return false;
  }
}
