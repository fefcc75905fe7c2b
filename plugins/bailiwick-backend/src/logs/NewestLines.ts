import type { LogLine } from '@bailiwick/backstage-plugin-bailiwick-common/client';

/** Keeps the newest lines of a log, up to a limit. */
export class NewestLines {
  readonly #most: { lines: number; characters: number };
  #lines: LogLine[] = [];
  #characters = 0;
  /** Whether older lines were left out. */
  isCut = false;

  constructor(most: { lines: number; characters: number }) {
    this.#most = most;
  }

  add(line: LogLine): void {
    this.#lines.push(line);
    this.#characters += line.text.length;
    if (
      this.#lines.length > 2 * this.#most.lines ||
      this.#characters > 2 * this.#most.characters
    )
      this.#cut();
  }

  /** In the order in which they were added. */
  get lines(): LogLine[] {
    this.#cut();
    return this.#lines;
  }

  #cut(): void {
    const { characters, lines } = this.#most;
    let from = Math.max(0, this.#lines.length - lines);
    let left = this.#lines
      .slice(from)
      .reduce((sum, { text }) => sum + text.length, 0);
    while (left > characters && from < this.#lines.length - 1) {
      left -= this.#lines[from].text.length;
      from += 1;
    }
    if (from === 0) return;
    this.isCut = true;
    this.#lines = this.#lines.slice(from);
    this.#characters = left;
  }
}

/** Lines in the order of their time; those of the same time stay as they are. */
export function byTime(lines: LogLine[]): LogLine[] {
  return lines.toSorted((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
}
