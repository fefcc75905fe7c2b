import {
  recordedManifest,
  recordedGrantManifest,
  restorableManifest,
} from './manifests';

const object = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name: 'notes',
    namespace: 'rates-desk--home',
    uid: 'a',
    resourceVersion: '7',
    generation: 2,
    creationTimestamp: '2026-11-01T00:00:00Z',
    labels: { team: 'rates' },
    finalizers: ['bailiwick.dev/cleanup'],
    ownerReferences: [],
    managedFields: [{ manager: 'kubectl' }],
  },
  data: { a: 'b' },
  status: { phase: 'Ready' },
};

it('keeps people’s input, and nothing that depends on this cluster', () => {
  expect(restorableManifest(object)).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'notes',
      namespace: 'rates-desk--home',
      labels: { team: 'rates' },
    },
    data: { a: 'b' },
  });
});

it('records also how it stood and since when', () => {
  expect(recordedManifest(object)).toMatchObject({
    metadata: { creationTimestamp: '2026-11-01T00:00:00Z' },
    status: { phase: 'Ready' },
  });
});

it('records a grant without the hash of its token, also one that was applied', () => {
  const spec = { app: 'feed', tokenHash: `sha256:${'0'.repeat(64)}` };
  const annotations = {
    note: 'kept',
    'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({
      spec,
    }),
  };
  const metadata = { ...object.metadata, annotations };
  const grant = recordedGrantManifest({ ...object, metadata, spec } as never);
  expect(grant).toMatchObject({
    metadata: { annotations: { note: 'kept' } },
    spec: { app: 'feed' },
  });
  expect(JSON.stringify(grant)).not.toMatch(/sha256/);
});
