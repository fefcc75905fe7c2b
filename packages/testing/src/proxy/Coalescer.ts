import type { Fault } from './Fault';

interface Frame {
  object: { metadata: { name?: string; namespace?: string } };
}

/**
 * Keeps frames back for a while and then sends only the last one of each object, as a client sees
 * it that was away while much happened.
 */
export class Coalescer {
  #isHolding = false;
  readonly #releases = new Set<() => void>();

  /** To be put on watches. */
  get fault(): Fault {
    return {
      type: 'frames',
      name: 'coalesce',
      change: () => {
        const held = new Map<string, string>();
        return (line, send) => {
          if (!this.#isHolding) return [line];
          const { name = '', namespace = '' } = (JSON.parse(line) as Frame)
            .object.metadata;
          held.delete(`${namespace}/${name}`);
          held.set(`${namespace}/${name}`, line);
          this.#releases.add(() => {
            for (const each of held.values()) send(each);
            held.clear();
          });
          return [];
        };
      },
    };
  }

  hold(): void {
    this.#isHolding = true;
  }

  release(): void {
    this.#isHolding = false;
    this.#releases.forEach(release => release());
    this.#releases.clear();
  }
}
