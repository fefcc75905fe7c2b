/** Memory of an entry besides its text, in bytes; an estimate. */
const overhead = 200;

/** A row, or the list of rows of an item, as the app sent it. */
export interface LogEntry {
  /** Number of its last row, counted from 1 over the whole stream. */
  number: number;
  /** Number of its rows. */
  rows: number;
  /** JSON. */
  text: string;
  /** Cell whose value it is; absent if the stream has no key. */
  key?: string;
  /** Whether its cell has a newer value. */
  isSuperseded: boolean;
  /** Bytes of all entries up to here. */
  offset: number;
}

/** Bounds of a {@link RowLog}. */
export interface LogBounds {
  rows: number;
  bytes: number;
}

/** The next part of a log for one reader. */
export interface LogPart {
  entries: LogEntry[];
  /** Number of the last row that the reader has after this part. */
  position: number;
}

/**
 * The newest rows of a stream, shared by its readers. In a stream with a key, only the newest row of each cell stays.
 * Readers have a position each, so a slow reader takes no memory. Beyond the bounds, the oldest rows are evicted.
 */
export class RowLog {
  /** Number of the newest evicted row; rows up to here can be missing. */
  evicted = 0;
  readonly #bounds: LogBounds;
  readonly #cells = new Map<string, LogEntry>();
  #entries: LogEntry[] = [];
  #first = 0;
  #last: number;
  #offset = 0;
  #bytes = 0;
  #rows = 0;
  /** Entries that are replaced but still kept, and their bytes. */
  #superseded = { count: 0, bytes: 0 };
  #settled = 0;
  #seen = 0;

  /** @param start - number of the last row before the log */
  constructor(bounds: LogBounds, start = 0) {
    this.#bounds = bounds;
    this.#last = start;
  }

  /** Number of the newest row. */
  get last(): number {
    return this.#last;
  }

  /** Position of a reader that gets only the newest item. */
  get beforeNewest(): number {
    const newest = this.#entries.at(-1);
    return newest ? newest.number - newest.rows : this.#last;
  }

  /** Bytes that the log keeps. */
  get bytes(): number {
    return this.#bytes + this.#superseded.bytes;
  }

  append(text: string, rows: number, key?: string): void {
    const bytes = text.length + overhead;
    this.#last += rows;
    this.#offset += bytes;
    const entry: LogEntry = {
      text: copyOf(text),
      rows,
      key,
      number: this.#last,
      isSuperseded: false,
      offset: this.#offset,
    };
    if (key !== undefined) this.#replace(key, entry);
    this.#entries.push(entry);
    this.#count(entry, 1);
    this.#evict();
    if (this.#superseded.bytes > this.#bounds.bytes) this.#compact(Infinity);
  }

  /**
   * Ends a period: what was appended before this one is left out from now on if it was replaced. Readers that keep up
   * have read it.
   */
  settle(): void {
    this.#settled = this.#seen;
    this.#seen = this.#last;
    const { count } = this.#superseded;
    if (count > Math.max(64, this.#entries.length - this.#first - count))
      this.#compact(this.#settled);
  }

  /**
   * Returns the entries after a position. Values that were replaced are left out, except those of the last two periods,
   * which a reader that keeps up gets all.
   *
   * @param maxBytes - bytes after which the part ends
   * @param isMerged - whether all replaced values are left out
   */
  after(position: number, maxBytes: number, isMerged = false): LogPart {
    const entries: LogEntry[] = [];
    let [reached, bytes] = [position, 0];
    const settled = isMerged ? Infinity : this.#settled;
    for (
      let at = this.#indexAfter(position);
      at < this.#entries.length && bytes < maxBytes;
      at += 1
    ) {
      const entry = this.#entries[at];
      reached = entry.number;
      if (entry.isSuperseded && entry.number <= settled) continue;
      entries.push(entry);
      bytes += entry.text.length;
    }
    return { entries, position: reached };
  }

  /** Returns the share of the bounds that the rows after a position use. */
  backlog(position: number): number {
    const at = this.#indexAfter(position);
    const before = this.#entries[at - 1]?.offset;
    const next = this.#entries[at];
    if (!next) return 0;
    const from = before ?? next.offset;
    return Math.max(
      (this.#last - position) / this.#bounds.rows,
      (this.#offset - from) / this.#bounds.bytes,
    );
  }

  #replace(key: string, entry: LogEntry): void {
    const earlier = this.#cells.get(key);
    if (earlier) {
      earlier.isSuperseded = true;
      this.#count(earlier, -1);
      this.#countSuperseded(earlier, 1);
    }
    this.#cells.set(key, entry);
  }

  #evict(): void {
    const { bytes, rows } = this.#bounds;
    while (
      (this.#rows > rows || this.#bytes > bytes) &&
      this.#entries.length - this.#first > 1
    ) {
      const oldest = this.#entries[this.#first];
      this.#first += 1;
      if (oldest.isSuperseded) {
        this.#countSuperseded(oldest, -1);
        continue;
      }
      this.#count(oldest, -1);
      this.evicted = oldest.number;
      if (oldest.key !== undefined) this.#cells.delete(oldest.key);
    }
    if (this.#first > 1_000 && this.#first > this.#entries.length / 2) {
      this.#entries = this.#entries.slice(this.#first);
      this.#first = 0;
    }
  }

  /** Drops the replaced entries up to a number. */
  #compact(upTo: number): void {
    const kept: LogEntry[] = [];
    for (const entry of this.#entries.slice(this.#first)) {
      if (entry.isSuperseded && entry.number <= upTo)
        this.#countSuperseded(entry, -1);
      else kept.push(entry);
    }
    this.#entries = kept;
    this.#first = 0;
  }

  #count({ rows, text }: LogEntry, sign: number): void {
    this.#rows += sign * rows;
    this.#bytes += sign * (text.length + overhead);
  }

  #countSuperseded({ text }: LogEntry, sign: number): void {
    this.#superseded.count += sign;
    this.#superseded.bytes += sign * (text.length + overhead);
  }

  /** Index of the first entry after a position. */
  #indexAfter(position: number): number {
    let [low, high] = [this.#first, this.#entries.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#entries[middle].number <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Copies a text: a part of a longer text would keep all of it in memory. */
function copyOf(text: string): string {
  return Buffer.from(text).toString();
}
