import type { Pod } from '@bailiwick/backstage-kube-controller';
import { podsOfApps } from './podsOfApps';

/** A pod as the API server returns it, with irrelevant fields. */
function told(spec: object = {}): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'prices-1',
      namespace: 'rates-desk--dev',
      labels: { 'bailiwick.dev/app': 'prices' },
      managedFields: [{ manager: 'kubelet' }],
    },
    spec: {
      containers: [
        {
          name: 'app',
          image: 'registry.test/python:1',
          terminationMessagePath: '/dev/termination-log',
          terminationMessagePolicy: 'FallbackToLogsOnError',
        },
      ],
      dnsPolicy: 'ClusterFirst',
      priority: 0,
      schedulerName: 'default-scheduler',
      serviceAccountName: 'default',
      tolerations: ['not-ready', 'unreachable'].map(why => ({
        key: `node.kubernetes.io/${why}`,
        operator: 'Exists',
        effect: 'NoExecute',
        tolerationSeconds: 300,
      })),
      ...spec,
    },
    status: { phase: 'Running' },
  } as object as Pod;
}

describe('podsOfApps', () => {
  const { transform } = podsOfApps;

  it('keeps people’s input, and no defaults of Kubernetes', () => {
    expect(transform(told())).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'prices-1',
        namespace: 'rates-desk--dev',
        labels: { 'bailiwick.dev/app': 'prices' },
      },
      spec: {
        containers: [
          {
            name: 'app',
            image: 'registry.test/python:1',
            terminationMessagePolicy: 'FallbackToLogsOnError',
          },
        ],
        serviceAccountName: 'default',
      },
      status: { phase: 'Running' },
    });
  });

  it('keeps values other than the defaults', () => {
    const chosen = {
      dnsPolicy: 'None',
      priority: 7,
      tolerations: [{ key: 'gpu', operator: 'Exists' }],
    };
    expect(transform(told(chosen)).spec).toMatchObject(chosen);
  });

  it('accepts a pod without a spec', () => {
    const { metadata } = told();
    const bare = { apiVersion: 'v1', kind: 'Pod', metadata };
    expect(transform(bare).metadata.name).toBe('prices-1');
  });
});
