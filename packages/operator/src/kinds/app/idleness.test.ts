import { app } from '@bailiwick/backstage-testing/objects';
import type { Caches } from '../../cache';
import { idlenessOf } from './idleness';

const digest = `sha256:${'ab'.repeat(32)}`;
const now = new Date('2026-11-28T12:00:00Z');
const workload = {
  bundle: { source: '', copy: '', digest },
  limits: { cpu: '1', memory: '1Gi', seconds: 30, concurrency: 8 },
  scaleToZeroMinutes: 10,
};
const environment = { name: 'dev', revision: 'draft' } as const;

interface Given {
  /** Time of the last change of the health. */
  since?: string;
  /** Times of the last uses of tokens for dev. */
  used?: string[];
  /** Time of the last use of a token for prod. */
  usedInProd?: string;
  restartedAt?: string;
  health?: 'Healthy' | 'Degraded';
  /** Digest of the code that runs. */
  running?: string;
  isSynced?: boolean;
}

function judge({
  health = 'Healthy',
  isSynced = true,
  restartedAt,
  running = digest,
  since = '2026-11-28T08:00:00Z',
  used = [],
  usedInProd,
}: Given) {
  const grants = [
    ...used.map(lastUsed => ['dev', lastUsed]),
    ...(usedInProd ? [['prod', usedInProd]] : []),
  ].map(([place, lastUsed]) => ({
    spec: { environment: place },
    status: { lastUsed },
  }));
  const state = {
    name: 'dev',
    health,
    why: '',
    next: '',
    pods: { ready: 1, desired: 1 },
    since,
    digest: running,
    contract: { functions: [] },
  };
  return idlenessOf(
    { grants: { isSynced, index: () => grants } } as unknown as Caches,
    { ...app('feed', 'desk--home'), status: { environments: [state] } },
    { ...environment, restartedAt },
    workload,
    now,
  );
}

describe('idlenessOf', () => {
  it('finds an app idle that nobody has called for the time, and for the delay of records', () => {
    expect(judge({ used: ['2026-11-28T11:48:59Z'] }).report).toEqual({
      health: 'Healthy',
      why: 'Scaled to zero, because nobody has called it for 10 minutes. The next call starts a pod.',
      next: '',
    });
  });

  it.each<[string, Given]>([
    ['was called', { used: ['2026-11-28T06:00:00Z', '2026-11-28T11:50:00Z'] }],
    ['became healthy', { since: '2026-11-28T11:50:00Z' }],
    ['was restarted', { restartedAt: '2026-11-28T11:50:00Z' }],
  ])('waits as long after an app %s', (_, given) => {
    expect(judge(given)).toEqual({ recheckAfter: 60_000 });
  });

  it('counts calls in other environments for those only', () => {
    expect(judge({ usedInProd: '2026-11-28T11:59:00Z' }).report).toBeDefined();
  });

  it.each<[string, Given]>([
    ['whose new code has not run', { running: `sha256:${'00'.repeat(32)}` }],
    ['with a problem', { health: 'Degraded' }],
    ['whose calls are unknown', { isSynced: false }],
  ])('never finds an app idle %s', (_, given) => {
    expect(judge(given)).toEqual({});
  });
});
