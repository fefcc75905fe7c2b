import type { Logger } from '@bailiwick/backstage-kube-controller';
import { Semaphore, withTimeout, type SemaphoreInterface } from 'async-mutex';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database, MisfitError, parquetOf, type TableColumn } from './Database';
import {
  ResultTooLargeError,
  SnapshotGoneError,
  SnapshotsFullError,
} from './errors';
import { HashedRows } from './HashedRows';
import { SharedTasks } from '../SharedTasks';
import type { RunOrigin } from '../upstream';

/** Options of {@link SnapshotStore}. */
interface SnapshotStoreOptions {
  log: Logger;
  /** Folder of this gateway only, whose content is deleted; a temporary folder by default. */
  folder?: string;
  /** Maximum size of all snapshots in bytes; 1 GiB by default. */
  maxBytes?: number;
  /** Milliseconds for which a snapshot answers new queries; 5,000 by default. */
  freshFor?: number;
  /** Milliseconds after the last read until a snapshot is deleted; 10 minutes by default. */
  keptFor?: number;
}

/** Rows of a function. */
export interface LoadedRows {
  /** JSON arrays of rows. */
  rows: AsyncIterable<string>;
  /** Run that stored them; absent if the function was called. */
  run?: RunOrigin;
  /** When they were calculated, if that was before the call. */
  modifiedAt?: Date;
}

/** A result whose rows are wanted. */
export interface SnapshotRequest {
  /** Identifies app, environment, code, function and parameters. */
  key: string;
  columns: readonly TableColumn[];
  /** Digest of the rows that earlier pages came from; absent for the newest rows. */
  digest?: string;
  /** Aborts when the reader disconnects. */
  signal: AbortSignal;
  /** Calls the function. Aborts when all readers have disconnected. */
  load(signal: AbortSignal): Promise<LoadedRows>;
  /** Returns the error of rows that do not fit the columns. */
  onMisfit(reason: string, cause: unknown): Error;
}

/** An open snapshot; it must be released. */
export interface OpenSnapshot extends Pick<Database, 'read'> {
  /** SHA-256 of the rows, in base64url. */
  digest: string;
  /** Age of the rows: when they were calculated, or else the end of the snapshot. */
  modifiedAt: Date;
  /** Run that stored the rows. */
  run?: RunOrigin;
  /**
   * Writes the table as a Parquet file, once for all readers, and returns its path. The file lasts until `release`.
   *
   * @param sql - query of all rows; the same for all readers
   * @throws SnapshotsFullError, ResultTooLargeError
   */
  parquet(sql: string): Promise<string>;
  /** Ends the queries of this reader. */
  release(): void;
}

interface Snapshot {
  key: string;
  digest: string;
  file: string;
  bytes: number;
  createdAt: Date;
  run?: RunOrigin;
  modifiedAt?: Date;
  lastRead: number;
  readers: number;
  /** Path of the Parquet file; it settles before the snapshot is released. */
  parquet?: Promise<string>;
  database?: Promise<Database>;
  /** Frees the slot of the open database. */
  free?: () => void;
}

/** Maximum number of snapshots that are read at the same time; each uses up to 64 MB of memory. */
const maxOpen = 8;
/** Milliseconds to wait for one of them. */
const maxWait = 10_000;
/** Maximum size of the temporary files of one snapshot in bytes. */
const maxSpill = 2 ** 28;

/**
 * Results of functions as tables on disk, so that all pages of a query come from the same rows. A snapshot is made once
 * however many readers ask at the same time. Readers of another replica, or after a restart, get the same rows from a new
 * snapshot if the function still returns them.
 */
export class SnapshotStore {
  readonly #options: Required<Omit<SnapshotStoreOptions, 'folder'>>;
  readonly #given?: string;
  readonly #slots: SemaphoreInterface = withTimeout(
    new Semaphore(maxOpen),
    maxWait,
    new SnapshotsFullError(
      `${maxOpen} other results are being read; retry in a moment`,
      { retryAfter: 5 },
    ),
  );
  readonly #snapshots = new Set<Snapshot>();
  readonly #loading = new SharedTasks<Snapshot>();
  #folder?: Promise<string>;
  #timer?: NodeJS.Timeout;
  /** Size of all snapshots, with those that are being made. */
  #bytes = 0;

  constructor({ folder, ...options }: SnapshotStoreOptions) {
    this.#given = folder;
    this.#options = {
      maxBytes: 2 ** 30,
      freshFor: 5_000,
      keptFor: 600_000,
      ...options,
    };
  }

  /**
   * Opens a snapshot, and makes it if necessary.
   *
   * @throws SnapshotGoneError when the rows of `digest` can't be restored
   * @throws ResultTooLargeError, SnapshotsFullError; the errors of `load`
   */
  async open(request: SnapshotRequest): Promise<OpenSnapshot> {
    const snapshot =
      this.#find(request) ??
      (await this.#loading.run(request.key, request.signal, signal =>
        this.#load(request, signal),
      ));
    if (request.digest !== undefined && snapshot.digest !== request.digest)
      throw new SnapshotGoneError(
        'The rows have changed since the first page; start again without $skiptoken',
      );
    return this.#use(snapshot);
  }

  /** Deletes all snapshots. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    if (!this.#folder) return;
    for (const snapshot of this.#snapshots) {
      (await snapshot.database)?.close();
    }
    this.#snapshots.clear();
    await rm(await this.#folder, { recursive: true, force: true });
  }

  #find({ digest, key }: SnapshotRequest): Snapshot | undefined {
    const oldest = Date.now() - this.#options.freshFor;
    return [...this.#snapshots].find(
      one =>
        one.key === key &&
        (digest === undefined
          ? one.createdAt.getTime() > oldest
          : one.digest === digest),
    );
  }

  async #load(
    { columns, key, load, onMisfit }: SnapshotRequest,
    signal: AbortSignal,
  ): Promise<Snapshot> {
    const [, free] = await this.#slots.acquire();
    let bytes = 0;
    let origin: Omit<LoadedRows, 'rows'> = {};
    try {
      const file = join(await this.#prepare(), `${randomUUID()}.duckdb`);
      const rows = new HashedRows(
        async () => {
          signal.throwIfAborted();
          const { rows: loaded, ...others } = await load(signal);
          origin = others;
          return loaded;
        },
        size => {
          bytes += size;
          this.#reserve(size, bytes);
        },
      );
      await fillFile(file, columns, rows).catch(error => {
        throw error instanceof MisfitError
          ? onMisfit(error.message, error)
          : error;
      });
      const { size } = await stat(file);
      this.#bytes += size - bytes;
      const snapshot: Snapshot = {
        key,
        digest: rows.digest(),
        file,
        bytes: size,
        createdAt: new Date(),
        ...origin,
        lastRead: Date.now(),
        readers: 0,
      };
      this.#snapshots.add(snapshot);
      return snapshot;
    } catch (error) {
      this.#bytes -= bytes;
      throw error;
    } finally {
      free();
    }
  }

  async #use(snapshot: Snapshot): Promise<OpenSnapshot> {
    if (!this.#snapshots.has(snapshot))
      throw new SnapshotsFullError(
        'The result was deleted to make room for other results; retry',
        { retryAfter: 5 },
      );
    snapshot.readers += 1;
    const reads: AsyncGenerator[] = [];
    const release = once(async () => {
      await Promise.allSettled([
        ...reads.map(read => read.return(undefined)),
        snapshot.parquet,
      ]);
      await this.#release(snapshot);
    });
    try {
      snapshot.database ??= this.#open(snapshot);
      const database = await snapshot.database;
      const { createdAt, digest, modifiedAt = createdAt, run } = snapshot;
      return {
        digest,
        modifiedAt: run?.finishedAt ?? modifiedAt,
        run,
        release,
        read: (...query) => {
          const rows = database.read(...query);
          reads.push(rows);
          return rows;
        },
        parquet: sql =>
          (snapshot.parquet ??= this.#writeParquet(snapshot, database, sql)),
      };
    } catch (error) {
      snapshot.database = undefined;
      release();
      throw error;
    }
  }

  async #writeParquet(
    snapshot: Snapshot,
    database: Database,
    sql: string,
  ): Promise<string> {
    try {
      const file = await database.writeParquet(sql);
      const { size } = await stat(file);
      snapshot.bytes += size;
      this.#reserve(size, snapshot.bytes);
      return file;
    } catch (error) {
      snapshot.parquet = undefined;
      throw error;
    }
  }

  async #open(snapshot: Snapshot): Promise<Database> {
    const [, free] = await this.#slots.acquire();
    try {
      const database = await Database.open(
        snapshot.file,
        maxSpill,
        'READ_ONLY',
      );
      snapshot.free = free;
      return database;
    } catch (error) {
      free();
      throw error;
    }
  }

  async #release(snapshot: Snapshot): Promise<void> {
    snapshot.readers -= 1;
    snapshot.lastRead = Date.now();
    if (snapshot.readers > 0 || !snapshot.database) return;
    const { database, free } = snapshot;
    snapshot.database = undefined;
    snapshot.free = undefined;
    (await database).close();
    free?.();
  }

  /** Makes room, first by deleting the snapshots that were read least recently. */
  #reserve(size: number, own: number): void {
    const { maxBytes } = this.#options;
    this.#bytes += size;
    if (own > maxBytes)
      throw new ResultTooLargeError(
        `The result is larger than ${mebibytes(
          maxBytes,
        )} MiB; filter it with the parameters of the function. CSV and JSON Lines have no limit`,
      );
    const idle = [...this.#snapshots]
      .filter(({ readers }) => readers === 0)
      .sort((one, other) => one.lastRead - other.lastRead);
    for (const snapshot of idle) {
      if (this.#bytes <= maxBytes) return;
      this.#delete(snapshot);
    }
    if (this.#bytes > maxBytes)
      throw new SnapshotsFullError(
        `Other results use the ${mebibytes(
          maxBytes,
        )} MiB of the gateway; retry in a minute`,
        { retryAfter: 60 },
      );
  }

  #delete(snapshot: Snapshot): void {
    this.#snapshots.delete(snapshot);
    this.#bytes -= snapshot.bytes;
    for (const file of [snapshot.file, parquetOf(snapshot.file)])
      rm(file, { force: true }).catch(error =>
        this.#options.log.warn("Can't delete a snapshot", {
          file,
          error: String(error),
        }),
      );
  }

  /** Creates the folder and starts the deletion of old snapshots. */
  #prepare(): Promise<string> {
    this.#folder ??= (async () => {
      const folder =
        this.#given ?? (await mkdtemp(join(tmpdir(), 'bailiwick-snapshots-')));
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true });
      return folder;
    })();
    this.#timer ??= setInterval(
      () => this.#deleteOld(),
      Math.min(30_000, this.#options.keptFor),
    ).unref();
    return this.#folder;
  }

  #deleteOld(): void {
    const oldest = Date.now() - this.#options.keptFor;
    for (const snapshot of this.#snapshots) {
      if (snapshot.readers === 0 && snapshot.lastRead < oldest)
        this.#delete(snapshot);
    }
  }
}

/** Writes a table into a new file; nothing is left if that fails. */
async function fillFile(
  file: string,
  columns: readonly TableColumn[],
  rows: AsyncIterable<string>,
): Promise<void> {
  const database = await Database.open(file, maxSpill);
  try {
    await database.fill(columns, rows);
  } catch (error) {
    database.close();
    await rm(file, { force: true });
    throw error;
  }
  database.close();
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    work();
  };
}
