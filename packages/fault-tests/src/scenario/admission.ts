import {
  coreKinds,
  type Desired,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import { eventually } from '@bailiwick/backstage-testing';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { FaultBench } from '@bailiwick/backstage-testing/world';

const apiVersion = 'admissionregistration.k8s.io/v1';
const kinds = {
  policies: clusterWide(
    'ValidatingAdmissionPolicy',
    'validatingadmissionpolicies',
  ),
  bindings: clusterWide(
    'ValidatingAdmissionPolicyBinding',
    'validatingadmissionpolicybindings',
  ),
  webhooks: clusterWide(
    'ValidatingWebhookConfiguration',
    'validatingwebhookconfigurations',
  ),
};
const metadata = { name: 'refuse-deployments' };
const rules = [
  {
    apiGroups: ['apps'],
    apiVersions: ['v1'],
    resources: ['deployments'],
    operations: ['CREATE', 'UPDATE'],
  },
];

function clusterWide(kind: string, plural: string) {
  return { apiVersion, kind, plural, scope: 'Cluster' as const };
}

function onlyIn(namespace: string) {
  return { matchLabels: { 'kubernetes.io/metadata.name': namespace } };
}

/** Waits until a Deployment in a namespace is refused with some words. */
async function refuses(client: KubeClient, namespace: string, words: RegExp) {
  const probe: Desired = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'probe', namespace },
    spec: {
      selector: { matchLabels: { probe: 'yes' } },
      template: {
        metadata: { labels: { probe: 'yes' } },
        spec: { containers: [{ name: 'app', image: 'none' }] },
      },
    },
  };
  await eventually(`Deployments are refused: ${words}`, () =>
    client
      .resource(coreKinds.deployments)
      .create(probe, { dryRun: true })
      .then(
        () => false,
        (error: Error) => words.test(error.message),
      ),
  );
}

/** Makes a policy reject all Deployments of a namespace; returns a function that deletes the policy. */
export async function refuseDeployments(
  client: KubeClient,
  namespace: string,
): Promise<() => Promise<void>> {
  const message = 'not on a Friday';
  await client.resource(kinds.policies).create({
    apiVersion,
    kind: kinds.policies.kind,
    metadata,
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        resourceRules: rules,
        namespaceSelector: onlyIn(namespace),
      },
      validations: [{ expression: 'false', message }],
    },
  });
  await client.resource(kinds.bindings).create({
    apiVersion,
    kind: kinds.bindings.kind,
    metadata,
    spec: { policyName: metadata.name, validationActions: ['Deny'] },
  });
  await refuses(client, namespace, /not on a Friday/);
  return async () => {
    await client.resource(kinds.bindings).delete(metadata.name);
    await client.resource(kinds.policies).delete(metadata.name);
  };
}

/** Has a webhook on loopback refuse all Deployments of a namespace. */
export async function serveRefusals(
  { admin, cluster }: FaultBench,
  namespace: string,
): Promise<{ goDown(): Promise<void>; remove(): Promise<void> }> {
  const { ca, cert, key } = cluster.serving();
  const server = createServer({ cert, key }, async (request, answer) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { uid } = JSON.parse(Buffer.concat(chunks).toString()).request;
    answer.writeHead(200, { 'content-type': 'application/json' }).end(
      JSON.stringify({
        apiVersion: 'admission.k8s.io/v1',
        kind: 'AdmissionReview',
        response: {
          uid,
          allowed: false,
          status: { code: 403, message: 'the change board is away' },
        },
      }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await admin.resource(kinds.webhooks).create({
    apiVersion,
    kind: kinds.webhooks.kind,
    metadata,
    webhooks: [
      {
        name: 'refuse.example.org',
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        failurePolicy: 'Fail',
        timeoutSeconds: 2,
        rules,
        namespaceSelector: onlyIn(namespace),
        clientConfig: {
          url: `https://127.0.0.1:${port}/`,
          caBundle: Buffer.from(ca).toString('base64'),
        },
      },
    ],
  });
  await refuses(admin, namespace, /the change board is away/);
  const goDown = async () => {
    server.closeAllConnections();
    server.close();
  };
  return {
    goDown,
    async remove() {
      await admin.resource(kinds.webhooks).delete(metadata.name);
      await goDown();
    },
  };
}
