import type {
  Deployment,
  KubeObject,
  Pod,
  ResourceQuota,
} from '@bailiwick/backstage-kube-controller';
import type {
  App,
  Plan,
  Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { app, plan, tenant } from '../../objects';
import { byKey, type World } from '../World';

const namespace = 'desk--dev';
const commit = '3f9c1e2';
const digest = 'sha256:abc';
const marks = { 'bailiwick.dev/app': 'prices', 'bailiwick.dev/commit': commit };
const annotations = { 'bailiwick.dev/bundle-digest': digest };

const ready = (observedGeneration: number) => ({
  observedGeneration,
  conditions: [
    {
      type: 'Ready',
      status: 'True' as const,
      reason: 'AllReady',
      message: '',
      observedGeneration,
      lastTransitionTime: '2026-01-01T00:00:00Z',
    },
  ],
});

const any = { apiVersion: 'v1', kind: 'Any' };
const object = (name: string, place?: string): KubeObject => ({
  ...any,
  metadata: { name, namespace: place },
});

/** Returns a consistent world with a ready tenant and app, and all of their objects. */
export function honestWorld() {
  const desk = tenant('desk', {
    environments: [{ name: 'dev', cluster: 'local', protected: false }],
  });
  desk.metadata.generation = 2;
  desk.status = {
    ...ready(2),
    phase: 'Ready',
    environments: [{ name: 'dev', namespace, ready: true }],
  } as Tenant['status'];
  const prices: App = app('prices', 'desk--home');
  prices.metadata.generation = 3;
  prices.status = {
    ...ready(3),
    environments: [
      {
        name: 'dev',
        health: 'Healthy',
        pods: { ready: 1, desired: 1 },
        revision: commit,
        digest,
      },
    ],
  } as App['status'];
  const deployment: Deployment = {
    ...any,
    metadata: { name: 'prices', namespace, generation: 1 },
    spec: {
      replicas: 1,
      template: { metadata: { labels: marks, annotations } },
    },
    status: { observedGeneration: 1, updatedReplicas: 1, readyReplicas: 1 },
  };
  const pod: Pod = {
    ...any,
    metadata: { name: 'prices-1', namespace, labels: marks },
    status: { conditions: [{ type: 'Ready', status: 'True' }] },
  };
  const owned = (name: string): KubeObject => ({
    ...any,
    metadata: { name, labels: { 'bailiwick.dev/tenant': 'desk' } },
  });
  const small: Plan = plan('small');
  const quota = {
    ...object('bailiwick', namespace),
    spec: { hard: { 'requests.cpu': '2', 'requests.memory': '4Gi' } },
  } as ResourceQuota;
  const everybody = ['group:default/rates', 'user:default/bea'];
  const service = {
    ...object('prices', namespace),
    spec: { selector: { 'bailiwick.dev/app': 'prices' } },
  };
  const world: World = {
    tenants: [desk],
    apps: [prices],
    plans: byKey([small]),
    releases: new Map(),
    namespaces: byKey(['desk--home', namespace].map(owned)),
    quotas: byKey([quota]),
    policies: byKey(
      ['desk--home', namespace].map(one =>
        object('bailiwick.default-deny', one),
      ),
    ),
    bindings: [
      ...['desk--home', namespace].map(one => ({
        ...object('members', one),
        subjects: [...everybody, 'user:default/tom'].map(name => ({ name })),
      })),
      {
        ...object('bailiwick:tenant-terminal', namespace),
        subjects: ['group:default/platform', ...everybody].map(name => ({
          name,
        })),
      },
    ],
    deployments: byKey([deployment]),
    services: byKey([service as KubeObject]),
    pods: [pod],
  };
  return { world, desk, prices, deployment, pod, quota, service };
}
