import type { Logger } from '@bailiwick/backstage-kube-controller';
import type {
  ReadQuery,
  ReadRecord,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { Segments } from './Segments';

const flushMs = 1_000;
/** Reads that wait for the disk; further ones are dropped and counted. */
const maxPending = 100_000;

/** Options of {@link ReadLog}. */
interface ReadLogOptions {
  /** Folder of the log, one per gateway; without one, the newest reads are kept in memory until the gateway stops. */
  folder?: string;
  /** Maximum bytes on disk; the oldest reads are deleted. */
  maxBytes: number;
  log: Logger;
}

/** Number of reads in memory without a folder. */
const inMemory = 10_000;

/**
 * Records every read as one line of JSON, in a bounded folder. A read is on disk at most a second after its end; a killed
 * gateway loses the reads of that second.
 */
export class ReadLog {
  readonly #log: Logger;
  readonly #segments?: Segments;
  #pending: ReadRecord[] = [];
  #timer?: NodeJS.Timeout;
  #writing: Promise<void> = Promise.resolve();
  #dropped = 0;
  /** Time of the newest read, microseconds since 1970. */
  #last = 0;

  constructor({ folder, maxBytes, log }: ReadLogOptions) {
    this.#log = log;
    if (folder) this.#segments = new Segments(folder, maxBytes);
  }

  /**
   * Opens the folder.
   *
   * @throws Error when it cannot be created or written
   */
  async start(): Promise<void> {
    await this.#segments?.open();
    this.#timer = setInterval(() => this.flush(), flushMs).unref();
  }

  /** Records a read that ends now. */
  record(read: Omit<ReadRecord, 'at'>): void {
    this.#pending.push({ at: this.#nextTime(), ...read });
    if (!this.#segments) {
      if (this.#pending.length > 2 * inMemory)
        this.#pending = this.#pending.slice(-inMemory);
    } else if (this.#pending.length > maxPending) {
      this.#pending.shift();
      this.#dropped += 1;
    }
  }

  /** Returns the time in microseconds, later than all before, so that pages of reads neither overlap nor have gaps. */
  #nextTime(): string {
    const now = Math.round(Date.now() * 1_000);
    this.#last = Math.max(now, this.#last + 1);
    const seconds = new Date(Math.floor(this.#last / 1_000)).toISOString();
    const micros = String(this.#last % 1_000).padStart(3, '0');
    return seconds.replace('Z', `${micros}Z`);
  }

  /** Returns reads, newest first. */
  async find(query: ReadQuery): Promise<ReadRecord[]> {
    await this.flush();
    const isWanted = (read: ReadRecord) =>
      read.tenant === query.tenant &&
      (query.app === undefined || read.app === query.app) &&
      (query.before === undefined || read.at < query.before);
    const found = this.#pending.filter(isWanted).reverse();
    // A quick look at the line saves parsing those of other tenants.
    const mark = `"tenant":${JSON.stringify(query.tenant)}`;
    for await (const lines of this.#segments?.newestFirst() ?? []) {
      if (found.length >= query.limit) break;
      for (const line of lines.reverse()) {
        const read = line.includes(mark) ? parse(line) : undefined;
        if (read && isWanted(read)) found.push(read);
      }
    }
    return found.slice(0, query.limit);
  }

  /** Writes all reads so far; never rejects. Reads that cannot be written are kept for the next time. */
  flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  async #write(): Promise<void> {
    if (!this.#segments || this.#pending.length === 0) return;
    const batch = this.#pending;
    this.#pending = [];
    try {
      await this.#segments.append(
        batch.map(read => `${JSON.stringify(read)}\n`).join(''),
      );
      if (this.#dropped > 0)
        this.#log.error('Reads were not recorded: the disk was full', {
          reads: this.#dropped,
        });
      this.#dropped = 0;
    } catch (error) {
      this.#pending = [...batch, ...this.#pending].slice(-maxPending);
      this.#log.warn("Can't write the read log; retrying", {
        error: String(error),
      });
    }
  }
}

/** Returns the read of a line; `undefined` for the cut line of a gateway that was killed. */
function parse(line: string): ReadRecord | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
