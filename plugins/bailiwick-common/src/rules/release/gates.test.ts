import { app, pack, release } from '@bailiwick/backstage-testing/objects';
import {
  runKind,
  type App,
  type Contract,
  type DomainPack,
  type Release,
  type Run,
} from '../../kinds';
import { keptPackName } from '../pack/versions';
import {
  closedGates,
  gatesOf,
  soakMinutesOf,
  type GateCheck,
  type GateFacts,
} from './gates';

const digest = `sha256:${'ab'.repeat(32)}`;
const home = 'desk--home';
const now = new Date('2026-01-01T10:00:00Z');

const contract = (columns: string[]): Contract => ({
  functions: [
    {
      name: 'prices',
      parameters: {},
      result: {
        kind: 'table',
        key: ['symbol'],
        columns: columns.map(name => ({ name, type: 'Symbol' })),
      },
    },
  ],
});

type State = NonNullable<NonNullable<App['status']>['environments']>[number];
const state = (name: string, fields: Partial<State> = {}): State => ({
  name,
  health: 'Healthy',
  why: 'One of one pods answers.',
  next: '',
  pods: { ready: 1, desired: 1 },
  since: '2026-01-01T08:00:00Z',
  digest,
  ...fields,
});

function judge(fields: Partial<GateFacts> = {}, states: State[] = []) {
  const published: Release = release('prices-r2', home, {
    bundle: { digest, runtime: 'market-py' },
    contract: contract(['symbol', 'price']),
  });
  const gates = gatesOf({
    app: { ...app('prices', home), status: { environments: states } },
    release: published,
    environment: 'prod',
    isProtected: true,
    keptDigest: digest,
    releases: [],
    runs: [],
    now,
    ...fields,
  });
  return (check: GateCheck) => {
    const { detail, verdict } = gates.find(one => one.check === check)!;
    return `${verdict}: ${detail}`;
  };
}

describe('gatesOf', () => {
  it('never passes an unknown check', () => {
    const told = judge();
    for (const check of ['health', 'soak', 'runs', 'tests', 'data'] as const)
      expect(told(check)).toMatch(/^Missing: /);
  });

  it.each(['Passed', 'Failed'] as const)(
    'shows recorded advisories as %s, and no such check without a database',
    verdict => {
      const detail = 'Advisory database as of 2025-12-31.';
      const at = '2026-01-01T08:00:00Z';
      const evidence = [{ check: 'advisories', verdict, detail, at }];
      const published = release('prices-r2', home, {});
      const compared = judge({
        release: { ...published, status: { evidence } },
      });
      expect(compared('advisories')).toBe(`${verdict}: ${detail}`);
      expect(() => judge()('advisories')).toThrow();
    },
  );

  it('blocks a release until its image is built', () => {
    const published = release('prices-r2', home, {
      bundle: { digest, runtime: 'market-py' },
      format: 'image',
    });
    expect(judge({ release: published })('code')).toBe(
      'Failed: The image of the release is not built yet. The Builds tab of the app shows the progress. If the build failed or was cancelled, choose Build again there.',
    );
    const built = { ...published, status: { image: 'registry.test/x' } };
    expect(judge({ release: built })('code')).toMatch(/^Passed: /);
  });

  it('counts only pods, and for an image only those of this image', () => {
    const places = (fields: Partial<State>) => [state('dev', fields)];
    const atZero = places({ pods: { ready: 0, desired: 0 } });
    expect(judge({}, atZero)('health')).toMatch(/^Missing: .*not running/);
    const published = release('prices-r2', home, {
      bundle: { digest, runtime: 'market-py' },
      format: 'image',
    });
    const of = (fields: Partial<State>) =>
      judge({ release: published }, places(fields))('health');
    expect(of({})).toBe(
      'Missing: This image is not running in any other environment. Deploy it to another environment first.',
    );
    expect(of({ release: 'prices-r2' })).toBe(
      'Passed: This image is healthy in dev.',
    );
  });

  it('follows the app’s own data checks elsewhere', () => {
    const check = (name: string, ended: 'Passed' | 'Failed' | 'Unknown') => ({
      name,
      state: ended,
      message: ended === 'Failed' ? 'The curve ends in 2019.' : '',
      since: '2026-01-01T08:00:00Z',
    });
    const by = (...checks: ReturnType<typeof check>[]) =>
      judge({}, [state('dev', { checks })])('data');
    expect(by()).toBe('Missing: The code declares no health checks.');
    expect(judge({}, [state('dev', { health: 'Suspended' })])('data')).toMatch(
      /^Missing: The code is not running in any other environment/,
    );
    expect(by(check('whole', 'Passed'))).toBe(
      'Passed: The health check passes in dev.',
    );
    expect(by(check('whole', 'Passed'), check('recent', 'Passed'))).toBe(
      'Passed: All 2 health checks pass in dev.',
    );
    expect(by(check('whole', 'Passed'), check('recent', 'Unknown'))).toBe(
      'Missing: Health check recent has no result in dev.',
    );
    expect(by(check('whole', 'Unknown'), check('recent', 'Failed'))).toBe(
      'Failed: A health check failed in dev: The curve ends in 2019.',
    );
  });

  it('compares with the release that was chosen, not with pods that are still those of another', () => {
    const chosen = app('prices', home, {
      environments: [{ name: 'prod', release: 'prices-r1' }],
    });
    const told = (columns: string[]) =>
      judge({
        app: {
          ...chosen,
          status: {
            environments: [
              state('prod', { contract: contract(['symbol', 'price', 'old']) }),
            ],
          },
        },
        releases: [release('prices-r1', home, { contract: contract(columns) })],
      })('contract');
    expect(told(['symbol', 'price'])).toMatch(/^Passed/);
    expect(told(['symbol', 'volume'])).toMatch(/Column volume was removed/);
  });

  it('trusts the running code, not the contract in its release', () => {
    const honest = contract(['symbol', 'price']);
    const forged = release('prices-r2', home, {
      bundle: { digest, runtime: 'market-py' },
      contract: contract(['symbol', 'price', 'volume']),
    });
    const readers = state('prod', {
      contract: contract(['symbol', 'volume']),
      digest: 'sha256:other',
    });
    const told = (...states: State[]) =>
      judge({ release: forged }, [readers, ...states])('contract');
    expect(told()).toMatch(
      /^Missing: The release declares no breaking changes for readers in prod/,
    );
    expect(told(state('dev', { contract: honest }))).toMatch(
      /^Failed: .*Column volume was removed/,
    );
  });

  it('wants the code that was released', () => {
    expect(judge()('code')).toMatch(/^Passed/);
    expect(judge({ keptDigest: undefined })('code')).toMatch(
      /^Failed: The code of commit \w+ is no longer stored/,
    );
    expect(judge({ keptDigest: 'sha256:other' })('code')).toMatch(
      /^Failed: .* differs from the released code/,
    );
  });

  it('compares the contract with that of the target environment', () => {
    const there = (columns: string[]) =>
      judge({}, [
        state('prod', { contract: contract(columns), digest: 'sha256:other' }),
        state('dev', { contract: contract(['symbol', 'price']) }),
      ])('contract');
    expect(judge()('contract')).toMatch(/^Passed: No code has run in prod/);
    expect(there(['symbol'])).toMatch(/^Passed/);
    expect(there(['symbol', 'volume'])).toBe(
      'Failed: Breaking changes for readers in prod: prices: Column volume was removed.',
    );
  });

  it('checks the code where it already runs', () => {
    const well = judge({}, [state('dev')]);
    expect(well('health')).toBe('Passed: The code is healthy in dev.');
    expect(well('soak')).toBe(
      'Passed: Healthy in dev for 2 hours; no soak time is required.',
    );
    const ill = judge({}, [state('dev', { health: 'Degraded' })]);
    expect(ill('health')).toMatch(/^Failed: The code is degraded in dev/);
    const begun = judge({}, [state('dev', { health: 'Progressing' })]);
    expect(begun('health')).toMatch(/^Missing: The code is progressing in dev/);
    const other = state('dev', { digest: 'sha256:other' });
    expect(judge({}, [other])('health')).toMatch(/^Missing/);
    // A run in the target environment reveals nothing about other places.
    expect(judge({}, [state('prod')])('health')).toMatch(/^Missing/);
  });

  it('counts the minutes for which it was tried, from when it came there', () => {
    const soakMinutes = 60;
    const states = [state('dev')];
    expect(judge({ soakMinutes }, states)('soak')).toMatch(/^Passed/);
    expect(judge({ soakMinutes })('soak')).toMatch(
      /^Failed: The code must be healthy/,
    );
    const history = [
      { environment: 'dev', release: 'prices-r2', at: '2026-01-01T09:30:00Z' },
    ];
    const fresh: App = {
      ...app('prices', home),
      status: { environments: states, history },
    };
    expect(judge({ app: fresh, soakMinutes })('soak')).toBe(
      'Failed: Healthy in dev for 30 minutes; the pack requires 60 minutes.',
    );
    const isProtected = false;
    expect(judge({ app: fresh, soakMinutes, isProtected })('soak')).toMatch(
      /^Passed/,
    );
  });

  it('counts the time that a release ran in the environment before, for a rollback', () => {
    const ran = (minute: number, name: string) => ({
      at: new Date(now.getTime() - minute * 60_000).toISOString(),
      environment: 'prod',
      release: name,
    });
    const fresh = app('prices', home);
    const judgeAfter = (...history: ReturnType<typeof ran>[]) =>
      judge({
        app: { ...fresh, status: { history } },
        isProtected: true,
        soakMinutes: 60,
      });
    const tried = judgeAfter(ran(10, 'prices-r3'), ran(100, 'prices-r2'));
    expect(tried('soak')).toBe('Passed: Ran in prod before, for 90 minutes.');
    expect(tried('health')).toBe(
      'Missing: The code is not running in any other environment now. It ran in prod before, for 90 minutes.',
    );
    const again = judge(
      {
        app: {
          ...fresh,
          status: {
            environments: [state('dev', { since: ran(5, '').at })],
            history: [ran(10, 'prices-r3'), ran(100, 'prices-r2')],
          },
        },
        soakMinutes: 60,
      },
      [],
    );
    expect(again('soak')).toBe('Passed: Ran in prod before, for 90 minutes.');
    const short = judgeAfter(ran(50, 'prices-r3'), ran(100, 'prices-r2'));
    expect(short('soak')).toMatch(/^Failed/);
    expect(judgeAfter(ran(100, 'prices-r2'))('soak')).toMatch(/^Failed/);
  });

  it('requires the soak time of the release’s pack version', () => {
    const published = release('prices-r2', home);
    const { pack: name, version } = published.spec.archetype;
    const packOfVersion = (of: string, soakMinutes: number): DomainPack => ({
      ...pack(name),
      spec: {
        ...pack(name).spec,
        version: of,
        delivery: { rest: true, csv: true, soakMinutes },
      },
    });
    const newest = packOfVersion('9.0.0', 5);
    const kept = packOfVersion(version, 60);
    const packs = (...all: [string, DomainPack][]) => new Map(all);
    expect(
      soakMinutesOf(
        packs([name, newest], [keptPackName(name, version), kept]),
        published,
      ),
    ).toBe(60);
    expect(soakMinutesOf(packs([name, newest]), published)).toBe(5);
    expect(soakMinutesOf(packs(), published)).toBeUndefined();
  });

  it('uses the last run of its code', () => {
    const ended = (
      name: string,
      phase: 'Succeeded' | 'Failed',
      finishedAt: string,
    ): Run => ({
      apiVersion: runKind.apiVersion,
      kind: runKind.kind,
      metadata: { name, namespace: home },
      spec: {
        app: 'prices',
        environment: 'dev',
        trigger: 'start',
        parameters: {},
      },
      status: { phase, digest, why: 'No disk.', finishedAt },
    });
    const well = ended('prices-1', 'Succeeded', '2026-01-01T09:00:00Z');
    const ill = ended('prices-2', 'Failed', '2026-01-01T09:30:00Z');
    expect(judge({ runs: [well] })('runs')).toMatch(/^Passed/);
    expect(judge({ runs: [well, ill] })('runs')).toBe(
      'Failed: Run prices-2 in dev failed: No disk.',
    );
  });
});

describe('closedGates', () => {
  it('allows named overrides, and never missing code', () => {
    const failed = (check: GateCheck) => ({
      check,
      verdict: 'Failed' as const,
      detail: '',
    });
    const gates = [failed('contract'), failed('soak')];
    expect(closedGates(gates, ['contract'])).toEqual([failed('soak')]);
    expect(closedGates([failed('code')], ['code'])).toHaveLength(1);
    const missing = { ...failed('tests'), verdict: 'Missing' as const };
    expect(closedGates([missing], [])).toEqual([]);
  });
});
