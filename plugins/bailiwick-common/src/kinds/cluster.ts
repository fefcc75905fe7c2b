import { z } from 'zod';
import { defineKind, type ObjectOf } from './schema/kind';
import { withRules } from './schema/rules';
import {
  instantSchema,
  labelSchema,
  quantitySchema,
  shownText,
} from './schema/scalars';
import { statusBase } from './status/conditions';

/** Condition of a Cluster: whether all of its nodes are ready; `Unknown` while one does not report. */
export const nodesReadyCondition = 'NodesReady';

/** A Kubernetes cluster on which environments run. */
export const clusterKind = defineKind({
  kind: 'Cluster',
  plural: 'clusters',
  shortNames: ['bwc'],
  scope: 'Cluster',
  description: 'A Kubernetes cluster on which environments run.',
  spec: withRules(
    z
      .object({
        title: shownText(80).describe('What people call it.'),
        provider: z
          .enum(['local', 'kind', 'existing', 'capi', 'gke'])
          .describe('Who made the cluster.'),
        credentials: z
          .object({ secret: labelSchema.describe('Name of the Secret.') })
          .optional()
          .describe(
            "Secret of the namespace bailiwick-system with the label bailiwick.dev/kubeconfig=true, whose key kubeconfig holds one; absent for the operator's own cluster.",
          ),
        networking: z
          .object({
            profile: z
              .enum(['none', 'ingress', 'gateway-api', 'istio', 'gke'])
              .describe('Way in which calls from outside arrive.'),
          })
          .default({ profile: 'none' })
          .describe('How apps are reached from outside.'),
        podPidsLimit: z
          .int()
          .min(1)
          .max(4_194_304)
          .optional()
          .describe(
            'Processes and threads that a pod can have: podPidsLimit of the kubelets, which Kubernetes does not tell. Absent when they have none.',
          ),
        userNamespaces: z
          .boolean()
          .optional()
          .describe(
            'Whether pods of apps get user namespaces of their own. By default they do when all nodes report support for them; false where volumes cannot be mounted with mapped ids, such as NFS.',
          ),
      })
      .describe('Where the cluster is and how it is reached.'),
    [
      {
        cel: 'has(self.credentials) == has(oldSelf.credentials)',
        message:
          "A cluster stays the operator's own, or another one; delete it and make another Cluster",
        holds: () => true,
      },
    ],
  ),
  status: z
    .object({
      ...statusBase,
      version: z.string().optional().describe('Version of Kubernetes.'),
      capacity: z
        .object({
          cpu: quantitySchema.describe('Cores of all nodes.'),
          memory: quantitySchema.describe('Memory of all nodes.'),
          pods: z.int().describe('Pods that all nodes take.'),
        })
        .optional()
        .describe('What its nodes have together.'),
      capabilities: z
        .object({
          networkPolicy: z
            .boolean()
            .describe('Whether NetworkPolicies are enforced.'),
          userNamespaces: z
            .boolean()
            .describe('Whether pods can have user namespaces of their own.'),
          metrics: z.boolean().describe('Whether the use of pods is measured.'),
        })
        .partial()
        .optional()
        .describe('What it can do beyond running pods.'),
      heartbeat: instantSchema
        .optional()
        .describe('When it answered last (RFC 3339).'),
    })
    .describe('What the cluster can do and when it answered last.'),
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

/** A Kubernetes cluster on which environments run. */
export type Cluster = ObjectOf<typeof clusterKind>;
