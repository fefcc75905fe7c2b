import type { App } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { app } from '@bailiwick/backstage-testing/objects';
import { wakeDraft } from './wakeDraft';

const bea = { user: 'user:default/bea', groups: [] };
const namespace = 'rates-desk--dev';

function pod(name: string, { isServing = true, isOfRun = false } = {}) {
  return {
    metadata: {
      name,
      namespace,
      labels: {
        'app.kubernetes.io/name': 'prices',
        ...(!isOfRun && { 'bailiwick.dev/app': 'prices' }),
      },
    },
    status: {
      containerStatuses: [
        {
          name: isOfRun ? 'run' : 'app',
          state: isServing ? { running: {} } : { terminated: {} },
        },
      ],
      conditions: [{ type: 'Ready', status: isServing ? 'True' : 'False' }],
    },
  };
}

describe('wakeDraft', () => {
  const restarts: unknown[] = [];
  let pods: object[];

  const draft = (changes: Partial<App['spec']['environments'][number]> = {}) =>
    app('prices', 'rates-desk--home', {
      environments: [
        {
          name: 'dev',
          revision: 'draft',
          scaleToZeroMinutes: 5,
          ...changes,
        },
      ],
    });

  const wake = (of: App) =>
    wakeDraft(
      {
        as: () => ({
          resource: () => ({
            get: async () => of,
            patch: async (_: string, change: { spec: App['spec'] }) => {
              restarts.push(change.spec.environments[0].restartedAt);
              pods.push(pod('prices-1'));
              return of;
            },
          }),
        }),
        lists: {
          pods: { list: () => pods },
          tenants: {
            get: () => ({ spec: { environments: [{ name: 'dev' }] } }),
          },
        },
      } as unknown as KubernetesService,
      bea,
      'rates-desk',
      of,
    );

  beforeEach(() => {
    restarts.length = 0;
    pods = [];
  });

  it('restarts an app without pods once, and waits until a pod is ready', async () => {
    await Promise.all([wake(draft()), wake(draft())]);
    expect(restarts).toEqual([expect.stringMatching(/^\d{4}-.*Z$/)]);
  });

  it('ignores pods of runs, and those that have ended', async () => {
    pods = [
      pod('run-1', { isOfRun: true }),
      pod('prices-0', { isServing: false }),
    ];
    await wake(draft());
    expect(restarts).toHaveLength(1);
  });

  it.each<[string, App, object[]]>([
    ['has a pod', draft(), [pod('prices-0')]],
    ['always runs', draft({ scaleToZeroMinutes: undefined }), []],
    ['is paused', draft({ suspended: true }), []],
  ])('does nothing for an app that %s', async (_, of, existing) => {
    pods = existing;
    await wake(of);
    expect(restarts).toEqual([]);
  });
});
