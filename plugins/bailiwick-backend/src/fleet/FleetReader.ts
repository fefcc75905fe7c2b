import type { FleetTenant } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  markOf,
  type FleetChange,
  type FleetEntry,
  type FleetFeed,
} from './FleetFeed';

/** Rights of a reader of the fleet, and the destination of the messages. */
export interface FleetReaderOptions {
  feed: FleetFeed;
  sees(entry: FleetEntry): boolean;
  /** The tenants that the reader may see, as they are now. */
  tenants(): FleetTenant[];
  /**
   * Sends a message; `false` if the reader is behind. Such a reader receives nothing until {@link FleetReader.catchUp}.
   */
  write(data: string, id: string): boolean;
}

/**
 * Reports the fleet to one reader, with a memory limited to the sent rows. A slow reader receives the newest state of
 * everything that changed, and no queue builds up.
 */
export class FleetReader {
  readonly #options: FleetReaderOptions;
  /** Rows sent to the reader, with the version of each. */
  readonly #shown = new Map<string, number>();
  /** Checksum of all rows, independent of their order. */
  #mark = 0;
  #tenants = '[]';
  #version: number;
  #isBehind = false;

  constructor(options: FleetReaderOptions) {
    this.#options = options;
    this.#version = options.feed.version;
  }

  /**
   * Sends everything; to a returning reader with the same rights, only the changes.
   *
   * @param lastEventId - the reader's last message
   */
  open(lastEventId?: string): void {
    const { feed, sees } = this.#options;
    const seen = [...feed.entries()].filter(sees);
    seen.forEach(entry => this.#show(entry));
    this.#tenants = JSON.stringify(this.#options.tenants());
    const since = this.#versionOf(lastEventId);
    const isKnown = since !== undefined;
    const texts = seen
      .filter(({ version }) => !isKnown || version > since)
      .map(({ text }) => text);
    this.#send(
      isKnown
        ? changed(texts, [])
        : `{"type":"snapshot","items":[${texts}],"tenants":${this.#tenants}}`,
    );
  }

  /** Reports a change, unless the reader is behind. */
  update({ ids, tenants, version }: FleetChange): void {
    if (this.#isBehind) return;
    this.#version = version;
    this.#tell(ids, tenants);
  }

  /** Reports everything that changed while the reader was behind. */
  catchUp(): void {
    if (!this.#isBehind) return;
    this.#isBehind = false;
    const { feed } = this.#options;
    const ids = [...feed.entries()]
      .filter(({ version }) => version > this.#version)
      .map(({ id }) => id);
    const gone = [...this.#shown.keys()].filter(id => !feed.get(id));
    this.#version = feed.version;
    this.#tell([...ids, ...gone], true);
  }

  #tell(ids: Iterable<string>, withTenants: boolean): void {
    const texts: string[] = [];
    const removed: string[] = [];
    for (const id of ids) {
      const entry = this.#options.feed.get(id);
      if (entry && this.#options.sees(entry)) {
        this.#show(entry);
        texts.push(entry.text);
      } else if (this.#hide(id)) removed.push(id);
    }
    const tenants = withTenants
      ? JSON.stringify(this.#options.tenants())
      : this.#tenants;
    const isNew = tenants !== this.#tenants;
    this.#tenants = tenants;
    if (texts.length + removed.length === 0 && !isNew) return;
    this.#send(changed(texts, removed, isNew ? tenants : undefined));
  }

  #show({ id }: FleetEntry): void {
    if (this.#shown.has(id)) return;
    const mark = markOf(id);
    this.#shown.set(id, mark);
    this.#mark += mark;
  }

  /** Whether it had been shown. */
  #hide(id: string): boolean {
    this.#mark -= this.#shown.get(id) ?? 0;
    return this.#shown.delete(id);
  }

  #send(data: string): void {
    const { epoch } = this.#options.feed;
    const id = [epoch, this.#version, this.#sight()].join('.');
    this.#isBehind = !this.#options.write(data, id);
  }

  /** Returns a checksum of the visible apps and tenants. */
  #sight(): string {
    return `${this.#shown.size}:${this.#mark}:${markOf(this.#tenants)}`;
  }

  /** Returns the version up to which the reader is complete; `undefined` if they need everything. */
  #versionOf(lastEventId = ''): number | undefined {
    const [epoch, version, sight] = lastEventId.split('.');
    const known = Number(version);
    return epoch === this.#options.feed.epoch &&
      sight === this.#sight() &&
      known <= this.#version
      ? known
      : undefined;
  }
}

function changed(items: string[], removed: string[], tenants?: string): string {
  const more = tenants ? `,"tenants":${tenants}` : '';
  return `{"type":"changed","items":[${items}],"removed":${JSON.stringify(
    removed,
  )}${more}}`;
}
