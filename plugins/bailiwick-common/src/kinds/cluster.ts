import { z } from 'zod';
import { networkingSchema } from './networking';
import { amountFields, nodeResources } from './planResources';
import { defineKind, type ObjectOf } from './schema/kind';
import { withRules } from './schema/rules';
import { instantSchema, labelSchema, titleSchema } from './schema/scalars';
import { statusBase } from './status/conditions';

/** Condition of a Cluster: whether all of its nodes are ready; `Unknown` while one does not report. @public */
export const nodesReadyCondition = 'NodesReady';

/** Condition of a Cluster: whether apps get the addresses of its networking profile. @public */
export const addressesReadyCondition = 'AddressesReady';

/** A Kubernetes cluster for environments. @public */
export const clusterKind = defineKind({
  kind: 'Cluster',
  plural: 'clusters',
  shortNames: ['bwc'],
  scope: 'Cluster',
  description: 'A Kubernetes cluster for environments.',
  spec: withRules(
    z
      .object({
        title: titleSchema,
        provider: z
          .enum(['local', 'kind', 'existing', 'capi', 'gke'])
          .describe('Provider of the cluster.'),
        credentials: z
          .object({ secret: labelSchema.describe('Name of the Secret.') })
          .optional()
          .describe(
            "Secret in namespace bailiwick-system with label bailiwick.dev/kubeconfig=true and a kubeconfig under key kubeconfig; absent for the operator's own cluster.",
          ),
        networking: networkingSchema.default({ profile: 'none' }),
        podPidsLimit: z
          .int()
          .min(1)
          .max(4_194_304)
          .optional()
          .describe(
            'Maximum number of processes and threads of a pod: podPidsLimit of the kubelets, which Kubernetes does not report. Absent if unlimited.',
          ),
        userNamespaces: z
          .boolean()
          .optional()
          .describe(
            "Whether app pods run in user namespaces. By default, they do if all nodes report support. Set false if volumes, such as NFS, can't be mounted with mapped ids.",
          ),
      })
      .describe('Location and access of the cluster.'),
    [
      {
        cel: 'has(self.credentials) == has(oldSelf.credentials)',
        message:
          "A Cluster can't change between the operator's own cluster and another one; delete it and create another Cluster",
        holds: () => true,
      },
      {
        cel: "!has(self.credentials) || self.networking.profile == 'none'",
        message:
          "The gateway runs in the operator's own cluster: set networking of its Cluster, which also applies to apps in other clusters",
        holds: ({ credentials, networking }) =>
          credentials === undefined || networking.profile === 'none',
      },
    ],
  ),
  status: z
    .object({
      ...statusBase,
      version: z.string().optional().describe('Version of Kubernetes.'),
      capacity: z
        .object(
          amountFields(
            nodeResources,
            undefined,
            ({ title }) => `${title} of all nodes together.`,
          ),
        )
        .optional()
        .describe('Total capacity of the nodes.'),
      capabilities: z
        .object({
          networkPolicy: z
            .boolean()
            .describe('Whether NetworkPolicies are enforced.'),
          userNamespaces: z
            .boolean()
            .describe('Whether pods can run in user namespaces.'),
          metrics: z.boolean().describe('Whether pod metrics are available.'),
        })
        .partial()
        .optional()
        .describe('Optional features of the cluster.'),
      heartbeat: instantSchema
        .optional()
        .describe('Time of the last response (RFC 3339).'),
    })
    .describe('Features and connectivity of the cluster.'),
  columns: [
    { name: 'Title', type: 'string', jsonPath: '.spec.title' },
    { name: 'Provider', type: 'string', jsonPath: '.spec.provider' },
    {
      name: 'Ready',
      type: 'string',
      jsonPath: '.status.conditions[?(@.type=="Ready")].reason',
    },
    {
      name: 'Nodes',
      type: 'string',
      jsonPath: '.status.conditions[?(@.type=="NodesReady")].reason',
    },
    { name: 'Version', type: 'string', jsonPath: '.status.version' },
    { name: 'CPU', type: 'string', jsonPath: '.status.capacity.cpu' },
    { name: 'Memory', type: 'string', jsonPath: '.status.capacity.memory' },
    { name: 'Heartbeat', type: 'date', jsonPath: '.status.heartbeat' },
  ],
});

/** A Kubernetes cluster for environments. @public */
export type Cluster = ObjectOf<typeof clusterKind>;
