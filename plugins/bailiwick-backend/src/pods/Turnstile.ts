import { ConflictError } from '@backstage/errors';

/** Lets each person, and all together, have so many of something open at a time. */
export class Turnstile {
  readonly #most: { each: number; all: number };
  readonly #what: string;
  readonly #open = new Map<string, number>();
  #all = 0;

  /** @param what - what is counted, in the plural */
  constructor(what: string, most: { each: number; all: number }) {
    this.#what = what;
    this.#most = most;
  }

  /**
   * Counts a person in.
   *
   * @returns counts them out again, once
   * @throws ConflictError when there are too many
   */
  enter(user: string): () => void {
    const open = this.#open.get(user) ?? 0;
    const { all, each } = this.#most;
    if (open >= each)
      throw new ConflictError(
        `You have ${open} ${
          this.#what
        } open, which is the most: close one first`,
      );
    if (this.#all >= all)
      throw new ConflictError(
        `${all} ${
          this.#what
        } are open in this portal, which is the most: try again later`,
      );
    this.#open.set(user, open + 1);
    this.#all += 1;
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      this.#all -= 1;
      const left = (this.#open.get(user) ?? 1) - 1;
      if (left > 0) this.#open.set(user, left);
      else this.#open.delete(user);
    };
  }
}
