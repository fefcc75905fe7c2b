import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  QueryFailedError,
  QueryTooSlowError,
  ResultTooLargeError,
  SnapshotGoneError,
} from './errors';
import {
  SnapshotStore,
  type LoadedRows,
  type SnapshotRequest,
} from './SnapshotStore';

const log = { info() {}, warn() {}, error() {} };
const columns = [{ name: 'a', jsonType: 'BIGINT', type: 'BIGINT' }];
const forever = new AbortController().signal;
const options = { signal: forever, timeout: 60_000 };

function arrays(...texts: string[]): LoadedRows {
  async function* rows() {
    yield* texts;
  }
  return { rows: rows() };
}

/** A promise that is resolved from outside. */
function later() {
  let resolve = () => {};
  const promise = new Promise<void>(done => {
    resolve = done;
  });
  return { promise, resolve: () => resolve() };
}

describe('SnapshotStore', () => {
  let folder: string;
  let store: SnapshotStore;
  let loads: number;

  const start = (
    more: Partial<ConstructorParameters<typeof SnapshotStore>[0]> = {},
  ) => {
    store = new SnapshotStore({ log, folder, freshFor: 60_000, ...more });
  };
  const open = (more: Partial<SnapshotRequest> = {}) =>
    store.open({
      key: 'k',
      columns,
      signal: forever,
      async load() {
        loads += 1;
        return arrays('[{"a":1},{"a":2}]', '[{"a":3}]');
      },
      onMisfit: reason => new Error(`misfit: ${reason}`),
      ...more,
    });
  const rowsOf = async (
    { read }: Awaited<ReturnType<typeof open>>,
    sql = 'SELECT c0 FROM rows',
  ) => {
    const all = [];
    for await (const rows of read(sql, [], options)) all.push(...rows);
    return all.flat().map(String);
  };
  const files = () =>
    readdirSync(folder).filter(name => name.endsWith('.duckdb'));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bailiwick-store-'));
    loads = 0;
    start();
  });
  afterEach(async () => {
    await store.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('loads a result once for all who ask meanwhile, and while it is fresh', async () => {
    const all = await Promise.all([open(), open(), open()]);
    expect(loads).toBe(1);
    for (const one of all) expect(await rowsOf(one)).toEqual(['1', '2', '3']);
    all.forEach(one => one.release());
    (await open()).release();
    expect(loads).toBe(1);
    (await open({ key: 'other' })).release();
    expect(loads).toBe(2);
  });

  it('makes a new snapshot of a result that is not fresh, and keeps the old one for its pages', async () => {
    start({ freshFor: 0 });
    const first = await open();
    first.release();
    const load = async () => arrays('[{"a":9}]');
    const second = await open({ load });
    expect(await rowsOf(second)).toEqual(['9']);
    const page = await open({ digest: first.digest });
    expect(await rowsOf(page)).toEqual(['1', '2', '3']);
    [second, page].forEach(one => one.release());
  });

  it('has the same digest for the same rows, wherever their parts end', async () => {
    const first = await open();
    const load = async () => arrays('[{"a":1}]', '[{"a":2},{"a":3}]');
    const same = await open({ key: 'again', load, digest: first.digest });
    expect(same.digest).toBe(first.digest);
    [first, same].forEach(one => one.release());
    await expect(
      open({
        key: 'changed',
        load: async () => arrays('[{"a":1}]'),
        digest: first.digest,
      }),
    ).rejects.toThrow(SnapshotGoneError);
  });

  it('leaves nothing of a result that fails, and loads it again', async () => {
    await expect(
      open({
        async load() {
          return {
            rows: (async function* fails() {
              yield '[{"a":1}]';
              throw new Error('interrupted');
            })(),
          };
        },
      }),
    ).rejects.toThrow('interrupted');
    await expect(
      open({ load: async () => arrays('[{"a":"x"}]') }),
    ).rejects.toThrow('misfit: Failed to cast value');
    await expect(
      open({ load: async () => arrays('[{"b":1}]') }),
    ).rejects.toThrow('misfit:');
    expect(files()).toEqual([]);
    const found = await open();
    expect(await rowsOf(found)).toHaveLength(3);
    found.release();
  });

  it('has the age of the run that stored the rows', async () => {
    const run = { name: 'nightly-1', finishedAt: new Date('2026-01-31') };
    const stored = await open({
      key: 'stored',
      load: async () => ({ ...arrays('[{"a":1}]'), run }),
    });
    expect(stored).toMatchObject({ run, modifiedAt: run.finishedAt });
    stored.release();
    const modifiedAt = new Date('2026-02-01');
    const cached = await open({
      key: 'cached',
      load: async () => ({ ...arrays('[{"a":1}]'), modifiedAt }),
    });
    expect(cached).toMatchObject({ run: undefined, modifiedAt });
    cached.release();
    const before = Date.now();
    const called = await open();
    expect(called.run).toBeUndefined();
    expect(called.modifiedAt.getTime()).toBeGreaterThanOrEqual(before);
    called.release();
  });

  it('rejects two rows with the same key, also in different parts of the result', async () => {
    const keyed = [
      { name: 'id', jsonType: 'VARCHAR', type: 'VARCHAR', isKey: true },
      { name: 'day', jsonType: 'VARCHAR', type: 'DATE', isKey: true },
      { name: 'a', jsonType: 'BIGINT', type: 'BIGINT' },
    ];
    const row = (id: string, day: string) =>
      `[${JSON.stringify({ id, day, a: 1 })}]`;
    const load = (...rows: string[]) =>
      open({ columns: keyed, load: async () => arrays(...rows) });
    const first = row('IBM', '2026-01-01');
    await expect(load(first, row('IBM', '2026-01-02'), first)).rejects.toThrow(
      'misfit: two rows have the key id IBM, day 2026-01-01',
    );
    expect(files()).toEqual([]);
    const found = await load(first, row('IBM', '2026-01-02'));
    expect(await rowsOf(found)).toEqual(['IBM', 'IBM']);
    found.release();
  });

  it('stops to load when all readers have gone, but not before', async () => {
    const gone = [new AbortController(), new AbortController()];
    let aborted = 0;
    const [begun, held] = [later(), later()];
    const load = async (signal: AbortSignal) => {
      loads += 1;
      signal.addEventListener('abort', () => {
        aborted += 1;
        held.resolve();
      });
      begun.resolve();
      await held.promise;
      signal.throwIfAborted();
      return arrays('[{"a":1}]');
    };
    const waiting = gone.map(({ signal }) => open({ load, signal }));
    const outcomes = Promise.allSettled(waiting);
    await begun.promise;
    gone[0].abort(new Error('gone'));
    await expect(waiting[0]).rejects.toThrow('gone');
    expect(aborted).toBe(0);
    gone[1].abort(new Error('gone'));
    await outcomes;
    expect([loads, aborted]).toEqual([1, 1]);
    (await open()).release();
    expect(loads).toBe(2);
  });

  it('deletes the results that were read least recently when the space is used up', async () => {
    const size = 600_000;
    start({ maxBytes: 2 * size });
    const large = async () =>
      arrays(
        `[${Array.from({ length: 50_000 }, (_, a) => `{"a":${a}}`).join(',')}]`,
      );
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    for (const key of names) (await open({ key, load: large })).release();
    expect(files().length).toBeLessThan(names.length);
    (await open({ key: 'h', load: large })).release();
    expect(loads).toBe(0);
    start({ maxBytes: 1_000 });
    await expect(open({ load: large })).rejects.toThrow(ResultTooLargeError);
  });

  it('deletes results that are no longer read', async () => {
    start({ keptFor: 50 });
    (await open()).release();
    for (let round = 0; round < 100 && files().length > 0; round += 1)
      await new Promise(resolve => {
        setTimeout(resolve, 50);
      });
    expect(files()).toEqual([]);
  });

  it('deletes what an earlier gateway left in its folder', async () => {
    writeFileSync(join(folder, 'old.duckdb'), 'x');
    (await open()).release();
    expect(files()).toHaveLength(1);
    expect(files()).not.toContain('old.duckdb');
  });

  it('interrupts queries that take too long, or whose reader has gone', async () => {
    const load = async () =>
      arrays(
        `[${Array.from({ length: 20_000 }, (_, a) => `{"a":${a}}`).join(',')}]`,
      );
    const { read, release } = await open({ load });
    const endless =
      'SELECT count(*) FROM rows x, rows y, rows z WHERE x.c0 + y.c0 + z.c0 = -1';
    await expect(
      read(endless, [], { signal: forever, timeout: 50 }).next(),
    ).rejects.toThrow(QueryTooSlowError);
    const gone = new AbortController();
    const query = read(endless, [], { ...options, signal: gone.signal }).next();
    gone.abort(new Error('gone'));
    await expect(query).rejects.toThrow('gone');
    release();
  });

  it('can neither read files nor load extensions nor change its settings', async () => {
    const snapshot = await open();
    for (const sql of [
      "SELECT * FROM read_text('/etc/passwd')",
      `ATTACH '${join(folder, 'x.duckdb')}' AS x`,
      `COPY rows TO '${join(folder, 'x.csv')}'`,
      'INSTALL httpfs',
      'LOAD httpfs',
      "SET memory_limit = '8GB'",
      'SET enable_external_access = true',
      'DROP TABLE rows',
    ])
      await expect(rowsOf(snapshot, sql)).rejects.toThrow(
        /Permission Error|configuration|read-only/,
      );
    await expect(
      rowsOf(snapshot, "SELECT CAST('x' AS DATE) FROM rows"),
    ).rejects.toThrow(QueryFailedError);
    snapshot.release();
  });
});
