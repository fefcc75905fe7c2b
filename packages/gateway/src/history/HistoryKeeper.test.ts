import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HistoryKeeper } from './HistoryKeeper';

const log = { info: jest.fn(), warn: jest.fn(), error: jest.fn() };
const prices = {
  tenant: 'desk',
  environment: 'prod',
  app: 'feed',
  fn: 'prices',
};

describe('HistoryKeeper', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'history-'));
    file = join(folder, 'calls.json');
    log.warn.mockClear();
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Runs a gateway's history and returns the number of known calls. */
  async function run(calls: number): Promise<number> {
    const keeper = new HistoryKeeper({ file, log });
    await keeper.start();
    for (let count = 0; count < calls; count++)
      keeper.recorder.record(prices, { isError: false, seconds: 0.1 });
    const [, { series }] = keeper.recorder.read().resolutions;
    await keeper.stop();
    return series
      .flatMap(({ slots }) => slots)
      .reduce((sum, [, slotCalls]) => sum + slotCalls, 0);
  }

  it('continues the history after a restart', async () => {
    expect(await run(3)).toBe(3);
    expect(await run(2)).toBe(5);
    expect(log.warn).not.toHaveBeenCalled();
  });

  it('reports a damaged file, starts empty and replaces the file', async () => {
    await writeFile(file, '{"resolutions":');
    expect(await run(1)).toBe(1);
    expect(log.warn).toHaveBeenCalledWith(
      "Can't read the call history; it starts empty",
      expect.objectContaining({ file }),
    );
    expect(JSON.parse(await readFile(file, 'utf8'))).toHaveProperty(
      'resolutions',
    );
    expect(await run(1)).toBe(2);
  });

  it('reports a folder that does not exist', async () => {
    file = join(folder, 'nowhere', 'calls.json');
    expect(await run(1)).toBe(1);
    expect(log.warn).toHaveBeenCalledWith(
      "Can't save the call history",
      expect.objectContaining({ file }),
    );
  });
});
