import type {
  PipelineView,
  ReleaseView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { anApp } from '../../../__fixtures__/views';
import { isRollback, nextMove, placesOf, rollbackOf } from './stages';

const stage = (name: string) => ({
  name,
  protected: name === 'prod',
  cluster: 'local',
});
const aRelease = (number: number, commit: string): ReleaseView => ({
  name: `prices-r${number}`,
  number,
  commit,
  archetype: { pack: 'market', version: '1.0.0', name: 'price-feed' },
  createdBy: 'user:default/bea',
  createdAt: '2026-11-20T08:00:00Z',
});
const pipeline: PipelineView = {
  stages: [stage('dev'), stage('prod')],
  releases: [aRelease(2, 'bbbbbbbbbbbb0000'), aRelease(1, 'aaaaaaaaaaaa0000')],
};

/** An app that runs something in dev, by commit or release, and maybe a release in prod. */
function runs(dev: { release?: string; commit?: string }, prod?: string) {
  const app = anApp();
  app.spec.environments = [
    dev.release
      ? { name: 'dev', release: dev.release }
      : { name: 'dev', revision: 'draft' },
    ...(prod ? [{ name: 'prod', release: prod }] : []),
  ];
  const [state] = app.status!.environments!;
  state.revision = dev.commit;
  return app;
}

/** An app whose dev runs r1 and has the canary r2. */
function hasCanary(phase: 'Running' | 'RolledBack', prod?: string) {
  const app = runs({ release: 'prices-r2' }, prod);
  Object.assign(app.status!.environments![0], {
    release: 'prices-r1',
    canary: { release: 'prices-r2', phase },
  });
  return app;
}

describe('nextMove', () => {
  const move = (app = anApp(), from = 'dev', to = 'prod') =>
    nextMove(app, pipeline, stage(from), stage(to));

  it('uses the release of a draft’s commit', () => {
    const app = runs({ commit: 'bbbbbbbbbbbb' });
    expect(move(app)).toEqual({ release: pipeline.releases[0] });
  });

  it.each([
    ['Running', 'The image of r3 is being built.'],
    ['Failed', 'The image of r3 was not built: see Builds for the reason.'],
  ] as const)('uses no image whose build is %s', (build, why) => {
    const unbuilt = {
      ...aRelease(3, 'bbbbbbbbbbbb'),
      format: 'image' as const,
      build,
    };
    const [second] = pipeline.releases;
    const next = (releases: ReleaseView[]) =>
      nextMove(
        runs({ commit: 'bbbbbbbbbbbb' }),
        { ...pipeline, releases },
        stage('dev'),
        stage('prod'),
      );
    expect(next([unbuilt])).toEqual({ why });
    expect(next([unbuilt, second])).toEqual({ release: second });
  });

  it.each(['Running', 'RolledBack'] as const)(
    'passes on the deployed release, and no canary that is %s',
    phase => {
      expect(move(hasCanary(phase))).toEqual({ release: pipeline.releases[1] });
      expect(move(hasCanary(phase, 'prices-r1'))).toEqual({
        why: 'prod runs the same release.',
      });
    },
  );

  it('names the first step', () => {
    expect(move(runs({ commit: 'cccccccccccc' }))).toEqual({
      why: 'Publish the draft in dev first.',
    });
    expect(move(runs({ release: 'prices-r1' }, 'prices-r1'))).toEqual({
      why: 'prod runs the same release.',
    });
    expect(move(runs({ release: 'prices-r1' }), 'test')).toEqual({
      why: 'Nothing runs in test yet.',
    });
    expect(move(runs({ release: 'prices-r9' }))).toEqual({
      why: 'Release r9 was not found.',
    });
  });
});

describe('rollbackOf', () => {
  const back = (prod: string | undefined, ...before: string[]) => {
    const app = runs({}, prod);
    app.status!.history = [prod, ...before].map(release => ({
      environment: 'prod',
      release,
      at: '2026-11-20T08:00:00Z',
    }));
    return rollbackOf(app, pipeline, 'prod')?.name;
  };

  it('is the older release that ran there last', () => {
    expect(back('prices-r2', 'prices-r1')).toBe('prices-r1');
  });

  it('is empty without an older one, or for a deleted release', () => {
    expect(back('prices-r1', 'prices-r2')).toBeUndefined();
    expect(back('prices-r2')).toBeUndefined();
    expect(back('prices-r2', 'prices-r0')).toBeUndefined();
    expect(back(undefined, 'prices-r1')).toBeUndefined();
  });
});

describe('isRollback', () => {
  it.each([
    ['prices-r1', 'prices-r2', true],
    ['prices-r2', 'prices-r1', false],
    ['prices-r1', undefined, false],
  ])('of %s instead of %s is %s', (release, instead, expected) => {
    expect(isRollback(pipeline, release, instead)).toBe(expected);
  });
});

describe('placesOf', () => {
  it('names where a release runs', () => {
    const app = runs({ release: 'prices-r1' }, 'prices-r1');
    expect(placesOf(app, 'prices-r1')).toEqual(['dev', 'prod']);
    expect(placesOf(app, 'prices-r2')).toEqual([]);
  });

  it('marks a canary until it is rolled back', () => {
    const running = hasCanary('Running');
    expect(placesOf(running, 'prices-r1')).toEqual(['dev']);
    expect(placesOf(running, 'prices-r2')).toEqual(['dev (canary)']);
    const rolledBack = hasCanary('RolledBack');
    expect(placesOf(rolledBack, 'prices-r1')).toEqual(['dev']);
    expect(placesOf(rolledBack, 'prices-r2')).toEqual([]);
  });
});
