import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  replay,
  type Replayed,
  type ReplayOptions,
  type Said,
} from '../../../__testUtils__/rollouts/replay';
import { expectations } from './__testUtils__/expectations';

const folder = join(__dirname, '__fixtures__', 'rollouts');
const fileOf = (name: string) => join(folder, `${name}.jsonl`);
const names = readdirSync(folder).map(file => basename(file, '.jsonl'));
const mostBytes = 60_000;
/** Terms that only administrators of Kubernetes know. */
const jargon =
  /BackOff|Err[A-Z]|OOM|ReplicaSet|Deployment|[Kk]ubelet|taint|container |\d\/\d/;

const clock = {
  set: (now: number) => jest.setSystemTime(now),
  advance: (milliseconds: number) => jest.advanceTimersByTime(milliseconds),
};

const play = (
  name: string,
  options: Pick<ReplayOptions, 'forgets' | 'note'> = {},
): Promise<Replayed> => replay({ file: fileOf(name), clock, ...options });

/** Statuses during a time in which something was constant. */
interface Span extends Said {
  seconds: number;
}

function spansOf<T>({ end, said }: Replayed, same: (one: Said) => T): Span[] {
  const changes = said.filter(
    (one, index) => index === 0 || same(one) !== same(said[index - 1]),
  );
  return changes.map((one, index) => ({
    ...one,
    seconds: (changes[index + 1]?.at ?? end) - one.at,
  }));
}

const healthsOf = (replayed: Replayed) =>
  spansOf(replayed, ({ health }) => health);
const isShort = ({ health, pods }: Said) =>
  health === 'Healthy' && pods.ready < pods.desired;

describe('status during recorded rollouts', () => {
  beforeAll(() =>
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] }),
  );
  afterAll(() => jest.useRealTimers());

  it('is known for each recording', () => {
    expect(Object.keys(expectations).sort()).toEqual([...names].sort());
  });

  describe.each(names)('%s', name => {
    let replayed: Replayed;

    beforeAll(async () => {
      replayed = await play(name);
    });

    it('appears in this order, for this time', () => {
      const spans = healthsOf(replayed);
      const expected = expectations[name];
      expect(spans.map(({ health }) => health)).toEqual(
        expected.map(([health]) => health),
      );
      const unlike = spans.filter(({ seconds }, index) => {
        const [, least, most] = expected[index];
        return seconds < least || seconds > most;
      });
      expect(unlike).toEqual([]);
    });

    it('has these texts', () => {
      const whole = spansOf(
        replayed,
        ({ health, why }) => `${health}: ${why}`,
      ).map(({ health, why }) => `${health}: ${why}`);
      const words = expectations[name].flatMap(([health, , , ...whys]) =>
        whys.map(why => `${health}: ${why}`),
      );
      expect(whole).toEqual(expect.arrayContaining(words));
    });

    it('never calls an app failed of which a pod answers', () => {
      const wrong = replayed.said.filter(
        ({ health, pods }) => health === 'Failed' && pods.ready > 0,
      );
      expect(wrong).toEqual([]);
    });

    it('calls an app healthy for ten seconds at most while pods are missing', () => {
      const long = spansOf(replayed, isShort).filter(
        span => isShort(span) && span.seconds > 11,
      );
      expect(long).toEqual([]);
    });

    it('does not flicker', () => {
      const all = healthsOf(replayed);
      const brief = all.filter(
        ({ health, seconds }, index) =>
          seconds < 3 &&
          all[index - 1]?.health === all[index + 1]?.health &&
          // Fewer pods are wanted, which is soon done.
          !(health === 'Progressing' && all[index + 1].health === 'Healthy'),
      );
      expect(brief).toEqual([]);
    });

    it('is written seldom', () => {
      expect(replayed.said.length).toBeLessThanOrEqual(16);
    });

    it('always has a reason, and a next step in case of a problem', () => {
      const silent = replayed.said.filter(
        ({ health, next, why }) =>
          why === '' || (health === 'Failed' && next === ''),
      );
      expect(silent).toEqual([]);
    });

    it('speaks no Kubernetes', () => {
      const words = replayed.said.flatMap(({ next, why }) => [why, next]);
      expect(words.filter(text => jargon.test(text))).toEqual([]);
    });

    it('ends well', () => {
      expect(replayed.said.at(-1)).toMatchObject({
        health: 'Healthy',
        why: expect.stringMatching(
          /^(The pod is ready|All 3 pods are ready)\.$/,
        ),
      });
    });

    it('reports the same when the operator restarts before each reconciliation', async () => {
      const forgetful = await play(name, { forgets: true });
      expect(healthsOf(forgetful)).toEqual(healthsOf(replayed));
    });

    it('keeps the state of a healthy app with additional notes', async () => {
      const note = { health: 'Healthy', why: 'A sample.', next: '' } as const;
      const words = ({ at, health }: Said) => ({ at, health });
      const more = healthsOf(await play(name, { note }));
      expect(more.map(words)).toEqual(healthsOf(replayed).map(words));
    });

    it('is a small file of a known version of Kubernetes', () => {
      expect(replayed.head.kubernetes).toMatch(/^v1\.\d+\.\d+/);
      expect(statSync(fileOf(name)).size).toBeLessThan(mostBytes);
    });
  });
});
