import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import { eventually } from '@bailiwick/backstage-testing';

/** Has the API server put a container into every Deployment of a namespace, and waits until it does. */
export async function injectSidecar(client: KubeClient, namespace: string) {
  const apiVersion = 'admissionregistration.k8s.io/v1';
  const type = (kind: string, plural: string) => ({
    apiVersion,
    kind,
    plural,
    scope: 'Cluster' as const,
  });
  const metadata = { name: 'inject-sidecar' };
  const matched = {
    namespaceSelector: {
      matchLabels: { 'kubernetes.io/metadata.name': namespace },
    },
    resourceRules: [
      {
        apiGroups: ['apps'],
        apiVersions: ['v1'],
        resources: ['deployments'],
        operations: ['CREATE', 'UPDATE'],
      },
    ],
  };
  const container = 'Object.spec.template.spec.containers';
  const expression = `[JSONPatch{
    op: "add", path: "/spec/template/spec/containers/-",
    value: ${container}{
      name: "sidecar", image: "sidecar",
      securityContext: ${container}.securityContext{
        allowPrivilegeEscalation: false,
        capabilities: ${container}.securityContext.capabilities{drop: ["ALL"]}}}}]`;
  await client
    .resource(type('MutatingAdmissionPolicy', 'mutatingadmissionpolicies'))
    .create({
      apiVersion,
      kind: 'MutatingAdmissionPolicy',
      metadata,
      spec: {
        failurePolicy: 'Fail',
        reinvocationPolicy: 'Never',
        matchConstraints: matched,
        matchConditions: [
          {
            name: 'without-sidecar',
            expression:
              '!object.spec.template.spec.containers.exists(c, c.name == "sidecar")',
          },
        ],
        mutations: [{ patchType: 'JSONPatch', jsonPatch: { expression } }],
      },
    });
  await client
    .resource(
      type('MutatingAdmissionPolicyBinding', 'mutatingadmissionpolicybindings'),
    )
    .create({
      apiVersion,
      kind: 'MutatingAdmissionPolicyBinding',
      metadata,
      spec: { policyName: metadata.name },
    });
  const probe = {
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
  await eventually('The policy is in force', async () => {
    const made = await client
      .resource(coreKinds.deployments)
      .create(probe, { dryRun: true });
    return JSON.stringify(made.spec).includes('sidecar');
  });
}
