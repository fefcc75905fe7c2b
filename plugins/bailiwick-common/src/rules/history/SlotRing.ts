/** Figures of the newest time slots. Its size is fixed; writing to a new slot drops the oldest. @public */
export class SlotRing {
  readonly #length: number;
  readonly #width: number;
  readonly #values: Float64Array;
  #newest = -Infinity;

  /**
   * @param length - number of slots
   * @param width - figures per slot
   */
  constructor(length: number, width: number) {
    this.#length = length;
    this.#width = width;
    this.#values = new Float64Array(length * width);
  }

  /** Adds to one figure of a slot; does nothing when the slot is older than the ring is long. */
  add(slot: number, figure: number, amount: number): void {
    if (slot <= this.#newest - this.#length) return;
    this.#advance(slot);
    this.#values[this.#start(slot) + figure] += amount;
  }

  /** Raises one figure of a slot to a value if it is lower; does nothing when the slot is older than the ring is long. */
  raise(slot: number, figure: number, value: number): void {
    this.add(slot, figure, 0);
    if (slot <= this.#newest - this.#length) return;
    const at = this.#start(slot) + figure;
    this.#values[at] = Math.max(this.#values[at], value);
  }

  /**
   * Returns the slots that are not empty, oldest first: each with its number and its figures.
   *
   * @param now - number of the present slot
   */
  filled(now: number): [slot: number, ...figures: number[]][] {
    const filled: [number, ...number[]][] = [];
    const first = Math.max(now, this.#newest) - this.#length + 1;
    for (let slot = first; slot <= this.#newest; slot++) {
      const start = this.#start(slot);
      const figures = this.#values.subarray(start, start + this.#width);
      if (figures.some(figure => figure > 0)) filled.push([slot, ...figures]);
    }
    return filled;
  }

  #start(slot: number): number {
    return (slot % this.#length) * this.#width;
  }

  /** Empties the slots between the newest one and a newer one. */
  #advance(slot: number): void {
    if (slot <= this.#newest) return;
    const first = Math.max(this.#newest + 1, slot - this.#length + 1);
    for (let one = first; one <= slot; one++) {
      const start = this.#start(one);
      this.#values.fill(0, start, start + this.#width);
    }
    this.#newest = slot;
  }
}
