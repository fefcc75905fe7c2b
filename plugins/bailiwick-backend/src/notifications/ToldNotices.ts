import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { Notice } from './Notice';

type Key = Pick<Notice, 'about' | 'what'>;
type Client = Awaited<ReturnType<DatabaseService['getClient']>>;

const table = 'told_notices';
/** Row that says that somebody began to tell. */
const beginning: Key = { about: 'bailiwick', what: 'began' };
/** Rows written or removed by one statement. */
const atOnce = 200;

/** Remembers what people were told, also when the portal starts again. */
export class ToldNotices {
  readonly #client: Client;
  readonly #known: Set<string>;

  private constructor(client: Client, keys: Key[]) {
    this.#client = client;
    this.#known = new Set(keys.map(textOf));
  }

  static async open(database: DatabaseService): Promise<ToldNotices> {
    const client = await database.getClient();
    if (!database.migrations?.skip)
      await client.migrate.latest({
        directory: resolvePackagePath(
          '@bailiwick/backstage-plugin-bailiwick-backend',
          'migrations',
        ),
      });
    return new ToldNotices(client, await client(table).select('about', 'what'));
  }

  /** Whether nothing was ever told: what happened before is not news. */
  isNew(): boolean {
    return !this.#known.has(textOf(beginning));
  }

  has(notice: Key): boolean {
    return this.#known.has(textOf(notice));
  }

  /** Remembers what was told. */
  async add(notices: Key[]): Promise<void> {
    const rows = notices.map(({ about, what }) => ({ about, what }));
    for (const part of parts(rows)) {
      await this.#client(table)
        .insert(part)
        .onConflict(['about', 'what'])
        .ignore();
      for (const one of part) this.#known.add(textOf(one));
    }
  }

  /** Takes what there is for told, and begins to tell what comes. */
  async begin(old: Key[]): Promise<void> {
    await this.add(old);
    await this.add([beginning]);
  }

  /** Forgets what was told of objects that are not there any more. */
  async keepOnly(uids: Set<string>): Promise<void> {
    const rows = await this.#client(table).distinct('about');
    const gone = rows
      .map(({ about }) => String(about))
      .filter(about => about !== beginning.about && !uids.has(about));
    for (const part of parts(gone))
      await this.#client(table).whereIn('about', part).delete();
  }
}

function textOf({ about, what }: Key): string {
  return `${about} ${what}`;
}

function parts<T>(all: T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / atOnce) }, (_, position) =>
    all.slice(position * atOnce, (position + 1) * atOnce),
  );
}
