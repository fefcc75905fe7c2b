import { nobodyThere } from '../__testUtils__/nobodyThere';
import type { OperatorProcess } from '@bailiwick/backstage-testing/process';
import { People } from '@bailiwick/backstage-testing/people';
import type { Entry } from './planRound';
import { playRound, type Stage } from './playRound';

const ended = { isRunning: false } as OperatorProcess;

describe('a round that cannot be played', () => {
  let nobody: Awaited<ReturnType<typeof nobodyThere>>;
  let resets: number;

  beforeEach(async () => {
    nobody = await nobodyThere();
    resets = 0;
  });
  afterEach(() => nobody?.stop());

  /** Plays with operators that cannot be started. */
  async function play(entries: Entry[], operators: OperatorProcess[] = []) {
    const { admin, proxy } = nobody;
    const stage: Stage = {
      admin,
      proxy,
      operators,
      leader: undefined,
      people: new People(admin),
      reset: async () => {
        resets += 1;
      },
      restartOperator: async () => {
        throw new Error('No operator starts');
      },
    };
    const told: Entry[] = [];
    const plan = { tenants: ['desk'], entries, wanted: {} };
    const found = await playRound(stage, plan, entry => told.push(entry));
    return { found, told };
  }

  const unseen = expect.stringMatching(/^O5: no status was looked at/);
  const remove: Entry = { atMs: 0, do: 'remove', tenant: 'desk', app: 'one' };

  it('ends when an action fails, in working order', async () => {
    const late: Entry = { ...remove, atMs: 1, app: 'two' };
    const { found, told } = await play([remove, late]);
    expect(found).toEqual([
      expect.stringMatching(/^O1: the round was not played: .*127\.0\.0\.1/),
      unseen,
    ]);
    expect(told).toEqual([remove]);
    expect(resets).toBe(1);
  });

  it('reports failed faults while others continue', async () => {
    const entries: Entry[] = [
      // There is nothing to stop.
      { atMs: 0, do: 'stop', who: 'leader', forMs: 1 },
      { atMs: 50, do: 'cut' },
    ];
    const { found, told } = await play(entries);
    expect(found).toEqual([expect.stringMatching(/^O1: .*signal/), unseen]);
    expect(told).toEqual(entries);
  });

  it('reports operators that cannot be restarted', async () => {
    const { found } = await play([{ atMs: 250, do: 'cut' }], [ended]);
    expect(found).toEqual([
      'O1: the round was not played: No operator starts',
      unseen,
    ]);
  });

  it('waits for faults in progress when an action fails', async () => {
    const away: Entry = { atMs: 0, do: 'away', forMs: 200 };
    const start = performance.now();
    await play([away, remove]);
    expect(performance.now() - start).toBeGreaterThan(190);
  });
});
