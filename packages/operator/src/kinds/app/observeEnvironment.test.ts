import type { Pod } from '@bailiwick/backstage-kube-controller';
import { app } from '@bailiwick/backstage-testing/objects';
import type { Caches } from '../../cache';
import type { PodProber } from './health';
import { observeEnvironment } from './observeEnvironment';

const now = new Date('2026-11-20T10:00:00Z');
const instance = {
  tenant: 'desk',
  environment: 'dev',
  app: 'prices',
  namespace: 'desk--dev',
};

/** A pod that has run for a minute and is not ready. */
function unready(name: string, creationTimestamp: string): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'desk--dev', uid: name, creationTimestamp },
    status: {
      containerStatuses: [
        { state: { running: { startedAt: '2026-11-20T09:59:00Z' } } },
      ],
    },
  } as Pod;
}

describe('observeEnvironment', () => {
  it('polls the two youngest unready pods in parallel', async () => {
    const asked: string[] = [];
    let answer = () => {};
    const answered = new Promise<void>(resolve => {
      answer = resolve;
    });
    const prober = {
      whyUnready: async ({ metadata }: Pod) => {
        asked.push(metadata.name);
        // The first waits for the second, so one after the other would never end.
        if (asked.length === 2) answer();
        await answered;
        return { why: 'Broken.', next: '' };
      },
      waitFor: () => 0,
    } as unknown as PodProber;
    const pods = [
      unready('oldest', '2026-11-20T09:00:00Z'),
      unready('youngest', '2026-11-20T09:58:00Z'),
      unready('middle', '2026-11-20T09:30:00Z'),
    ];
    const caches = {
      pods: { index: () => pods },
      deployments: { get: () => undefined },
      nodes: { get: () => undefined },
    } as unknown as Caches;
    await observeEnvironment(
      caches,
      prober,
      app('prices', 'desk--home'),
      { name: 'dev', revision: 'draft' },
      {
        instance,
        obstacle: undefined,
        now,
        signal: new AbortController().signal,
      },
    );
    expect(asked).toEqual(['youngest', 'middle']);
  });

  it('reports that the network blocks the contract of a ready pod', async () => {
    const ready: Pod = {
      ...unready('ready', '2026-11-20T09:00:00Z'),
      status: { conditions: [{ type: 'Ready', status: 'True' }] },
    };
    const one = { replicas: 1, updatedReplicas: 1, readyReplicas: 1 };
    const caches = {
      pods: { index: () => [ready] },
      deployments: { get: () => ({ metadata: {}, spec: one, status: one }) },
      nodes: { get: () => undefined },
    } as unknown as Caches;
    const problem = { why: 'Out of reach.', next: 'Open it.' };
    const prober = {
      contract: async () => ({ problem }),
      waitFor: () => 0,
    } as unknown as PodProber;
    const { recheckAfter, state } = await observeEnvironment(
      caches,
      prober,
      app('prices', 'desk--home'),
      { name: 'dev', revision: 'draft' },
      {
        instance,
        obstacle: undefined,
        now,
        signal: new AbortController().signal,
      },
    );
    expect(state).toMatchObject({ health: 'Degraded', ...problem });
    expect(recheckAfter).toBeGreaterThan(0);
  });
});
