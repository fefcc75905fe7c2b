import { toMatrix, type Cell } from './cells';
import type { AddInColumn, AddInFunction } from '../AddIn';

type Row = Record<string, unknown>;

/** Maximum number of rows of a live stream. */
const maxRows = 1_000;

/** The rows of a stream that its cells show: the newest one of each key, or the newest ones, oldest first. */
export class LatestRows {
  readonly #columns: AddInColumn[];
  readonly #key: string[];
  readonly #rows = new Map<string, Row>();
  #count = 0;
  /** Identifier of the last event, at which a new connection resumes. */
  lastId?: string;

  constructor({ columns, key }: Pick<AddInFunction, 'columns' | 'key'>) {
    this.#columns = columns;
    this.#key = key;
  }

  add(row: Row): void {
    this.#count += 1;
    const key =
      this.#key.length > 0
        ? JSON.stringify(this.#key.map(column => row[column]))
        : String(this.#count);
    this.#rows.set(key, row);
    if (this.#rows.size <= maxRows) return;
    const [oldest] = this.#rows.keys();
    this.#rows.delete(oldest);
  }

  get cells(): Cell[][] {
    return toMatrix([...this.#rows.values()], this.#columns);
  }
}
