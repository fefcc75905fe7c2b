import type { Passage } from './Passage';
import type { Fault } from './Fault';
import { matches, type ActiveRule, type Rule } from './Rule';
import { SeededRandom } from './SeededRandom';

interface Entry {
  rule: Rule;
  seen: number;
  hits: Passage[];
}

/** The rules in force; the first that means a request decides. */
export class RuleBook {
  #random: SeededRandom;
  #entries: Entry[] = [];

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  add(rule: Rule): ActiveRule {
    const entry: Entry = { rule, seen: 0, hits: [] };
    this.#entries.push(entry);
    return {
      get seen() {
        return entry.seen;
      },
      hits: entry.hits,
      remove: () => {
        this.#entries = this.#entries.filter(one => one !== entry);
      },
    };
  }

  /** Draws from the beginning of another seed. */
  reseed(seed: number): void {
    this.#random = new SeededRandom(seed);
  }

  clear(): void {
    this.#entries = [];
  }

  /** The fault to put on a request; counts it. */
  find(passage: Passage): Fault | undefined {
    for (const entry of this.#entries) {
      const { rule } = entry;
      if (!matches(rule, passage)) continue;
      entry.seen += 1;
      if (!this.#isDue(rule, entry.seen)) continue;
      entry.hits.push(passage);
      return rule.fault;
    }
    return undefined;
  }

  #isDue({ nth, first, probability = 1 }: Rule, seen: number): boolean {
    return (
      (nth === undefined || nth === seen) &&
      (first === undefined || seen <= first) &&
      (probability >= 1 || this.#random.next() < probability)
    );
  }
}
