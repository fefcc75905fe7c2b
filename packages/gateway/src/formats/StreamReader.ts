const lineFeed = 0x0a;
/** Bytes of `\nid: ` and the longest number that follows, so that none is lost between chunks. */
const longestId = 24;

/** Follows the bytes of an event stream without taking its events apart. */
export class StreamReader {
  readonly #from: number;
  #last: number;
  #tail: Buffer = Buffer.from('\n');
  #isBetweenEvents = true;

  /** @param lastEventId - number of the reader's last row; IDs continue after it */
  constructor(lastEventId = '0') {
    this.#from = Number(lastEventId);
    this.#last = this.#from;
  }

  /** Rows that passed: the runtime's ids count them. */
  get rows(): number {
    return Math.max(0, this.#last - this.#from);
  }

  /** Whether the last event is complete, so that another one may follow. */
  get isBetweenEvents(): boolean {
    return this.#isBetweenEvents;
  }

  /** Reads the next bytes. */
  read(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    // JSON contains no line feed, so this is at the beginning of a line only
    const bytes = Buffer.concat([this.#tail, chunk]);
    const at = bytes.lastIndexOf('\nid: ');
    const line = at < 0 ? '' : bytes.toString('latin1', at, at + longestId);
    const [, id] = /^\nid: (\d+)\n/.exec(line) ?? [];
    if (id) this.#last = Number(id);
    this.#isBetweenEvents =
      bytes.at(-1) === lineFeed && bytes.at(-2) === lineFeed;
    this.#tail = bytes.subarray(-longestId);
  }
}
