import { SnapshotStore, type OpenSnapshot } from '../../snapshots';
import { propertiesOf, tableColumns } from '../../tables';
import { checkLimits } from './checkLimits';

const log = { info() {}, warn() {}, error() {} };
const gone = new AbortController().signal;
const properties = propertiesOf([
  { name: 'a', type: 'int', schema: { type: 'integer' } },
]);

describe('checkLimits', () => {
  let store: SnapshotStore;
  let snapshot: OpenSnapshot;

  beforeEach(() => {
    store = new SnapshotStore({ log });
  });
  afterEach(async () => {
    snapshot.release();
    await store.stop();
  });

  async function check(count: number) {
    snapshot = await store.open({
      key: 'k',
      columns: tableColumns(properties),
      signal: gone,
      load: async () => ({
        rows: (async function* arrays() {
          const part = 2 ** 13;
          for (let left = count - 1; left > 0; left -= part)
            yield `[${Array(Math.min(part, left)).fill('{"a":1}').join(',')}]`;
          yield '[{"a":1234}]';
        })(),
      }),
      onMisfit: reason => new Error(reason),
    });
    const fn = { name: 'prices' } as Parameters<typeof checkLimits>[0]['fn'];
    return checkLimits({ fn, gone, properties, snapshot });
  }

  it('measures the table', async () => {
    expect(await check(3)).toEqual({ rows: 3, lengths: [4] });
  });

  it('accepts as many rows as fit below the header, and no more', async () => {
    expect(await check(1_048_575)).toMatchObject({ rows: 1_048_575 });
  });

  it('refuses more rows than a sheet has, with the alternatives', async () => {
    await expect(check(1_048_576)).rejects.toThrow(
      'prices has 1048576 rows and 1 columns. An Excel sheet can have at most 1048575 and 16384; read CSV or Parquet',
    );
  });
});
