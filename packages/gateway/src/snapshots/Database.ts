import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import {
  QueryFailedError,
  QueryTooSlowError,
  SnapshotsFullError,
} from './errors';
import { QueryClock } from './QueryClock';

/** A column of a table. */
export interface TableColumn {
  /** Name in the rows of JSON. */
  name: string;
  /** DuckDB's type of the JSON value. */
  jsonType: string;
  /** DuckDB's type of the column. */
  type: string;
  /** Converts SQL of the JSON value to SQL of the column; a cast by default. */
  convert?: (sql: string) => string;
  /** Whether it belongs to the key: no two rows have the same values of these columns. */
  isKey?: boolean;
}

/** Rows that do not fit their columns. */
export class MisfitError extends Error {}

/** Maximum memory of an open database. Larger sorts use files. */
const memoryLimit = '64MB';

/** Settings of a database that executes queries of readers (https://duckdb.org/docs/stable/operations_manual/securing_duckdb/overview). */
const settings = {
  threads: '1',
  memory_limit: memoryLimit,
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  allow_community_extensions: 'false',
};

/**
 * A DuckDB database of one table, `rows`, with the columns `c0`, `c1`, …. It can neither access other files or the network
 * nor load extensions; only its Parquet file is an exception. DuckDB is loaded with the first database, because it takes 45 MB of memory.
 */
export class Database {
  readonly #instance: DuckDBInstance;
  readonly #parquet: string;

  private constructor(instance: DuckDBInstance, file: string) {
    this.#instance = instance;
    this.#parquet = parquetOf(file);
  }

  /**
   * Opens a file, or creates it.
   *
   * @param maxSpill - maximum bytes of temporary files beside it
   */
  static async open(
    file: string,
    maxSpill: number,
    mode: 'READ_WRITE' | 'READ_ONLY' = 'READ_WRITE',
  ): Promise<Database> {
    const { DuckDBInstance: Instance } = await import('@duckdb/node-api');
    const instance = await Instance.create(file, {
      access_mode: mode,
      temp_directory: `${file}.tmp`,
      max_temp_directory_size: `${Math.ceil(maxSpill / 2 ** 20)}MB`,
      ...settings,
    });
    const database = new Database(instance, file);
    const connection = await instance.connect();
    try {
      const parquet = quote(database.#parquet);
      await connection.run(`SET GLOBAL allowed_paths = [${parquet}]`);
      await connection.run('SET GLOBAL enable_external_access = false');
      await connection.run("SET GLOBAL TimeZone = 'UTC'");
      await connection.run('SET lock_configuration = true');
    } finally {
      connection.closeSync();
    }
    return database;
  }

  close(): void {
    this.#instance.closeSync();
  }

  /**
   * Creates the table.
   *
   * @param rows - JSON arrays of rows
   * @throws MisfitError when a value does not fit its column, or two rows have the same key; the error of `rows`
   */
  async fill(
    columns: readonly TableColumn[],
    rows: AsyncIterable<string>,
  ): Promise<void> {
    const connection = await this.#instance.connect();
    try {
      const fields = columns.map(({ type }, index) => `c${index} ${type}`);
      await connection.run(`CREATE TABLE rows (${fields.join(', ')})`);
      // One transaction, so that only complete tables are written.
      await connection.run('BEGIN');
      const insert = await connection.prepare(insertion(columns));
      for await (const json of rows) {
        insert.bindVarchar(1, json);
        await insert.run().catch(error => {
          throw asMisfit(error);
        });
      }
      await requireUnique(connection, columns);
      await connection.run('COMMIT');
      await connection.run('CHECKPOINT');
    } catch (error) {
      throw asDiskError(error);
    } finally {
      connection.closeSync();
    }
  }

  /**
   * Writes the rows of a query as a Parquet file beside the database, over an earlier one.
   *
   * @param sql - query without values of readers
   * @returns the path of the file
   * @throws SnapshotsFullError
   */
  async writeParquet(sql: string): Promise<string> {
    const connection = await this.#instance.connect();
    try {
      await connection.run(
        `COPY (${sql}) TO ${quote(
          this.#parquet,
        )} (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE 100_000)`,
      );
      return this.#parquet;
    } catch (error) {
      throw asDiskError(error);
    } finally {
      connection.closeSync();
    }
  }

  /**
   * Executes a query while its rows are read.
   *
   * @param timeout - milliseconds that the query itself may run; the time between reads does not count
   * @throws QueryFailedError, QueryTooSlowError
   */
  async *read(
    sql: string,
    values: readonly (string | bigint)[],
    { signal, timeout }: { signal: AbortSignal; timeout: number },
  ): AsyncGenerator<unknown[][]> {
    const connection = await this.#instance.connect();
    const interrupt = () => connection.interrupt();
    signal.addEventListener('abort', interrupt);
    const clock = new QueryClock(interrupt, timeout);
    try {
      signal.throwIfAborted();
      const result = await clock.run(() => connection.stream(sql, [...values]));
      const chunks = result.yieldRows();
      for (;;) {
        const { done, value } = await clock.run(() => chunks.next());
        if (done) return;
        yield value;
      }
    } catch (error) {
      signal.throwIfAborted();
      throw clock.isOver
        ? new QueryTooSlowError(
            `The query took longer than ${
              timeout / 1_000
            } s; simplify it, or filter more`,
          )
        : asQueryError(error);
    } finally {
      signal.removeEventListener('abort', interrupt);
      connection.closeSync();
    }
  }
}

/** Returns the path of the Parquet file of a database. */
export function parquetOf(file: string): string {
  return `${file}.parquet`;
}

/** Reads rows of a JSON array; a row without a column, or a value of another type, is an error. */
function insertion(columns: readonly TableColumn[]): string {
  const shape = JSON.stringify([
    Object.fromEntries(columns.map(({ jsonType, name }) => [name, jsonType])),
  ]);
  const values = columns.map(({ convert, name, type }) => {
    const value = `r[${quote(name)}]`;
    return convert ? convert(value) : `CAST(${value} AS ${type})`;
  });
  return `INSERT INTO rows SELECT ${values.join(
    ', ',
  )} FROM (SELECT unnest(from_json_strict($1::VARCHAR, ${quote(shape)})) AS r)`;
}

/** @throws MisfitError when two rows have the same key */
async function requireUnique(
  connection: DuckDBConnection,
  columns: readonly TableColumn[],
): Promise<void> {
  const keys = columns.flatMap(({ isKey, name }, index) =>
    isKey ? [{ name, field: `c${index}` }] : [],
  );
  if (keys.length === 0) return;
  const fields = keys.map(({ field }) => field).join(', ');
  const texts = keys.map(({ field }) => `CAST(${field} AS VARCHAR)`);
  const found = await connection.runAndReadAll(
    `SELECT ${texts.join(
      ', ',
    )} FROM rows GROUP BY ${fields} HAVING count(*) > 1 LIMIT 1`,
  );
  const [values] = found.getRows();
  if (!values) return;
  const named = keys.map(
    ({ name }, index) => `${name} ${String(values[index]).slice(0, 100)}`,
  );
  throw new MisfitError(`two rows have the key ${named.join(', ')}`);
}

/** Returns a text as a literal of SQL. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function asQueryError(error: unknown): unknown {
  const reason = reasonOf(error);
  return reason === undefined
    ? asDiskError(error)
    : new QueryFailedError(`The query can't be calculated: ${reason}`, {
        cause: error,
      });
}

function asMisfit(error: unknown): unknown {
  const reason = reasonOf(error);
  return reason === undefined
    ? error
    : new MisfitError(reason, { cause: error });
}

/** Returns the reason of an error that is due to values; its first line names the value, hints of DuckDB follow. */
function reasonOf(error: unknown): string | undefined {
  return /^(?:Conversion|Out of Range|Invalid Input) Error: (.*)/.exec(
    String((error as Error).message),
  )?.[1];
}

function asDiskError(error: unknown): unknown {
  return /No space left|max_temp_directory_size|Out of Memory Error/i.test(
    String((error as Error).message),
  )
    ? new SnapshotsFullError(
        'The gateway has no space left for this query; filter more, select fewer columns, or retry later',
        { cause: error, retryAfter: 30 },
      )
    : error;
}
