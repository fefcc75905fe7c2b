import type { DatabaseService } from '@backstage/backend-plugin-api';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase, type DatabaseClient } from '../database';
import type { Notice } from './Notice';

type Key = Pick<Notice, 'about' | 'what'>;

const table = 'told_notices';
/** Row that exists once notifications were sent for the first time. */
const firstRun: Key = { about: 'bailiwick', what: 'began' };
/** Rows that one statement inserts or deletes. */
const batchSize = 200;
/** A portal that takes longer to send a notification was killed. */
const claimMs = 60_000;
/** Between two looks at a notification that another portal is sending. */
const pollMs = 500;

/** Records which notifications were sent, across restarts of the portal and for all portals on the database. */
export class SentNotifications {
  readonly #client: DatabaseClient;
  readonly #known: Set<string>;

  private constructor(client: DatabaseClient, keys: Key[]) {
    this.#client = client;
    this.#known = new Set(keys.map(keyText));
  }

  static async open(database: DatabaseService): Promise<SentNotifications> {
    const client = await openDatabase(database);
    return new SentNotifications(
      client,
      await client(table).whereNull('claimed_at').select('about', 'what'),
    );
  }

  /** Whether no notification was ever sent: earlier events are not news. */
  isNew(): boolean {
    return !this.#known.has(keyText(firstRun));
  }

  has(notice: Key): boolean {
    return this.#known.has(keyText(notice));
  }

  /** Learns what other portals sent about an object. */
  async update(about: string): Promise<void> {
    const keys = await this.#client(table)
      .where({ about })
      .whereNull('claimed_at')
      .select('about', 'what');
    for (const key of keys) this.#known.add(keyText(key));
  }

  /**
   * Sends a notification unless it was sent. Another portal that wants to send it at the same time waits until it is
   * sent, and sends it itself if this portal fails or is killed. No connection to the database is held meanwhile:
   * Backstage checks the sender with keys from the same database.
   *
   * @throws what `send` throws; then the notification counts as not sent
   */
  async once({ about, what }: Key, send: () => Promise<void>): Promise<void> {
    const key = { about, what };
    while (!(await this.#claim(key))) {
      await this.update(about);
      if (this.has(key)) return;
      await pause(pollMs);
    }
    try {
      await send();
    } catch (error) {
      await this.#client(table).where(key).delete();
      throw error;
    }
    await this.#client(table).where(key).update({ claimed_at: null });
    this.#known.add(keyText(key));
  }

  /** Returns whether this portal is the one that sends a notification. */
  async #claim(key: Key): Promise<boolean> {
    const now = Date.now();
    const [added] = await this.#client(table)
      .insert({ ...key, claimed_at: now })
      .onConflict(['about', 'what'])
      .ignore()
      .returning('what');
    if (added) return true;
    const taken = await this.#client(table)
      .where(key)
      .where('claimed_at', '<', now - claimMs)
      .update({ claimed_at: now });
    return taken > 0;
  }

  /** Records notifications as sent. */
  async #add(notices: Key[]): Promise<void> {
    const rows = notices.map(({ about, what }) => ({ about, what }));
    for (const part of batches(rows)) {
      await this.#client(table)
        .insert(part)
        .onConflict(['about', 'what'])
        .ignore();
      for (const one of part) this.#known.add(keyText(one));
    }
  }

  /** Records the present notifications as sent, so that only later ones are. */
  async recordFirstRun(old: Key[]): Promise<void> {
    await this.#add(old);
    await this.#add([firstRun]);
  }

  /** Deletes the records of objects that no longer exist. */
  async keepOnly(uids: Set<string>): Promise<void> {
    const rows = await this.#client(table).distinct('about');
    const gone = rows
      .map(({ about }) => String(about))
      .filter(about => about !== firstRun.about && !uids.has(about));
    for (const part of batches(gone))
      await this.#client(table).whereIn('about', part).delete();
  }
}

function keyText({ about, what }: Key): string {
  return `${about} ${what}`;
}

function batches<T>(all: T[]): T[][] {
  return Array.from(
    { length: Math.ceil(all.length / batchSize) },
    (_, position) =>
      all.slice(position * batchSize, (position + 1) * batchSize),
  );
}
