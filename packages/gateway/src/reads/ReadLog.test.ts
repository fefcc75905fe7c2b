import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReadRecord } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { ReadLog } from './ReadLog';

const log = { info: jest.fn(), warn: jest.fn(), error: jest.fn() };

/** A read of a tenant, recognizable by its bytes. */
function aRead(number: number, tenant = 'desk'): Omit<ReadRecord, 'at'> {
  return {
    tenant,
    environment: 'prod',
    app: number % 2 ? 'odd' : 'even',
    fn: 'prices',
    format: 'text/csv',
    subject: 'user:default/tom',
    grant: 'tom-excel',
    client: 'excel',
    address: '127.0.0.1',
    status: 200,
    isAborted: false,
    bytes: number,
    ms: 3,
  };
}

describe('ReadLog', () => {
  let folder: string;
  let open: ReadLog[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'reads-'));
  });
  afterEach(async () => {
    await Promise.all(open.map(one => one.stop()));
    open = [];
    rmSync(folder, { recursive: true });
    jest.clearAllMocks();
  });

  async function start(options: { folder?: string; maxBytes?: number } = {}) {
    const reads = new ReadLog({ maxBytes: 2 ** 20, log, ...options });
    open.push(reads);
    await reads.start();
    return reads;
  }
  const numbers = async (
    reads: ReadLog,
    query: Partial<Parameters<ReadLog['find']>[0]> = {},
  ) =>
    (await reads.find({ tenant: 'desk', limit: 100, ...query })).map(
      ({ bytes }) => bytes,
    );

  it.each(['a folder', 'memory'])(
    'returns the newest reads of a tenant first, from %s',
    async place => {
      const reads = await start(place === 'memory' ? {} : { folder });
      for (const number of [1, 2, 3, 4]) reads.record(aRead(number));
      reads.record(aRead(5, 'other'));
      expect(await numbers(reads)).toEqual([4, 3, 2, 1]);
      expect(await numbers(reads, { limit: 3 })).toEqual([4, 3, 2]);
      expect(await numbers(reads, { app: 'odd' })).toEqual([3, 1]);
      const [, { at }] = await reads.find({ tenant: 'desk', limit: 2 });
      expect(at).toMatch(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{6}Z$/);
      expect(await numbers(reads, { before: at })).toEqual([2, 1]);
      expect(await numbers(reads, { tenant: 'other' })).toEqual([5]);
      expect(await numbers(reads, { tenant: 'oth' })).toEqual([]);
    },
  );

  it('keeps reads across restarts, even after a kill in the middle of a line', async () => {
    const first = await start({ folder });
    first.record(aRead(1));
    await first.flush();
    const [file] = readdirSync(folder);
    appendFileSync(join(folder, file), '{"tenant":"desk","bytes":9');
    const second = await start({ folder });
    second.record(aRead(2));
    expect(await numbers(second)).toEqual([2, 1]);
  });

  it('deletes the oldest reads when the folder is full', async () => {
    const maxBytes = 16_000;
    const reads = await start({ folder, maxBytes });
    for (let number = 0; number < 200; number += 1) {
      reads.record(aRead(number));
      await reads.flush();
    }
    const found = await numbers(reads, { limit: 1_000 });
    expect(found[0]).toBe(199);
    expect(found.length).toBeGreaterThan(30);
    expect(found.length).toBeLessThan(100);
    expect(found).toEqual(found.map((_, index) => 199 - index));
    expect(readdirSync(folder)).toHaveLength(8);
  });

  it('keeps reads that cannot be written, and reports the failure', async () => {
    const reads = await start({ folder });
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'a file in the place of the folder');
    reads.record(aRead(1));
    await reads.flush();
    expect(log.warn).toHaveBeenCalledWith(
      "Can't write the read log; retrying",
      expect.objectContaining({ error: expect.stringContaining('ENOTDIR') }),
    );
    rmSync(folder);
    const again = await start({ folder });
    await reads.flush();
    expect(await numbers(again)).toEqual([1]);
  });

  it('does not start with a folder that cannot be created', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    await expect(start({ folder: join(file, 'reads') })).rejects.toThrow(
      'ENOTDIR',
    );
  });
});
