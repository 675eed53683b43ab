/*
 * The messages of the service. EventSource connects again by itself, but for
 * some answers (503: too many watch), and it does not notice a service that is
 * silent: this one does.
 */

const SILENT_MS = 3000; /* messages come some times a second */
const REOPEN_MS = 5000;

export class Feed {
  #source = null;
  #heard = 0; /* when the last message came */
  #opened = 0;
  #offset = -Infinity; /* from our clock to the service's */
  #stopped = null; /* the service's time when it fell silent */
  #listener;

  /* The listener has message(message) and connection(isThere). */
  constructor(listener) {
    this.#listener = listener;
    this.#open();
    setInterval(() => this.#check(), 500);
  }

  get isLive() {
    return this.#stopped === null && this.#heard > 0;
  }

  /* The service's clock; it stands still while nothing is heard. */
  now() {
    return this.#stopped ?? performance.now() + this.#offset;
  }

  silence() {
    return this.#heard ? performance.now() - this.#heard : 0;
  }

  #open() {
    this.#opened = performance.now();
    this.#source = new EventSource('events');
    this.#source.onmessage = (event) => this.#take(JSON.parse(event.data));
    this.#source.onerror = () => this.#lose();
  }

  /* The least delayed message tells the offset best; slowly it is forgotten,
   * as clocks drift. */
  #take(message) {
    const sample = message.now - performance.now();
    const isFirst = this.#stopped !== null || this.#heard === 0;
    this.#offset = isFirst ? sample : Math.max(sample, this.#offset - 1);
    this.#heard = performance.now();
    this.#stopped = null;
    this.#listener.message(message);
    if (isFirst)
      this.#listener.connection(true);
  }

  #lose() {
    if (!this.isLive)
      return;
    this.#stopped = this.now();
    this.#listener.connection(false);
  }

  #check() {
    if (this.silence() > SILENT_MS)
      this.#lose();
    const waited = performance.now() - Math.max(this.#opened, this.#heard);
    if (!this.isLive && waited > REOPEN_MS) {
      this.#source.close();
      this.#open();
    }
  }
}
