// Chance that is the same for the same seed (mulberry32).
export class Chance {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  share() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  below(limit) {
    return Math.floor(this.share() * limit);
  }

  happens(probability) {
    return this.share() < probability;
  }

  one(of) {
    return of[this.below(of.length)];
  }

  some(of, least, most) {
    return Array.from({ length: least + this.below(most - least + 1) }, () => this.one(of));
  }

  /** One of [weight, value] pairs. */
  weighted(pairs) {
    let at = this.share() * pairs.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, value] of pairs) {
      at -= weight;
      if (at < 0) return value;
    }
    return pairs.at(-1)[1];
  }

  /** The same text in another case. */
  case(text) {
    return this.weighted([[6, text], [1, text.toUpperCase()], [1, text.toLowerCase()]]);
  }
}
