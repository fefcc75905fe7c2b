import type {
  DatabaseService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { openDatabase, type DatabaseClient } from '../database';
import { storedUsageSchema, type UsageHistory } from './UsageHistory';

const table = 'usage_history';
/** Rows that one statement writes. */
const batchSize = 50;
/** Rows that were not saved for so long hold nothing that is shown. */
const keptMs = 25 * 3_600_000;

/** Keeps the usage history in the plugin's database across restarts of the portal. */
export class UsageStore {
  readonly #client: DatabaseClient;
  readonly #logger: LoggerService;

  private constructor(client: DatabaseClient, logger: LoggerService) {
    this.#client = client;
    this.#logger = logger;
  }

  static async open(
    database: DatabaseService,
    logger: LoggerService,
  ): Promise<UsageStore> {
    return new UsageStore(await openDatabase(database), logger);
  }

  /** Adds the stored usage to a history. Unreadable rows are reported and skipped. */
  async load(history: UsageHistory): Promise<void> {
    const rows = await this.#client(table).select('place', 'slots');
    for (const { place, slots } of rows) {
      try {
        history.restore(place, storedUsageSchema.parse(JSON.parse(slots)));
      } catch (error) {
        this.#logger.warn(
          `Can't read the stored usage of ${place}; its charts start empty: ${error}`,
        );
      }
    }
  }

  /** Stores a history. A failure is reported; the next save stores everything again. */
  async save(history: UsageHistory): Promise<void> {
    const savedAt = new Date();
    // Batches are written while they are read, so that other work has its turns.
    let rows: Record<string, unknown>[] = [];
    try {
      for (const [place, slots] of history.store(savedAt.getTime())) {
        rows.push({ place, saved_at: savedAt, slots: JSON.stringify(slots) });
        if (rows.length < batchSize) continue;
        await this.#write(rows);
        rows = [];
      }
      if (rows.length > 0) await this.#write(rows);
      await this.#client(table)
        .where('saved_at', '<', new Date(savedAt.getTime() - keptMs))
        .delete();
    } catch (error) {
      this.#logger.warn(`Can't store the usage of apps: ${error}`);
    }
  }

  async #write(rows: Record<string, unknown>[]): Promise<void> {
    await this.#client(table).insert(rows).onConflict('place').merge();
  }
}
