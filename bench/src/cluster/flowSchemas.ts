import type { Desired, KubeClient } from '@bailiwick/backstage-kube-controller';
import { operatorUser } from './operatorUser';

const apiVersion = 'flowcontrol.apiserver.k8s.io/v1';
const level = 'bench';

/** Kinds of requests that are counted separately, with their rules; the first match counts. */
const rules = {
  leases: { verbs: ['*'], resources: ['leases'] },
  watches: { verbs: ['watch'], resources: ['*'] },
  reads: { verbs: ['get', 'list'], resources: ['*'] },
  writes: { verbs: ['*'], resources: ['*'] },
};

/** A kind of requests. */
export type Flow = keyof typeof rules;

/** Name of the flow schema of a kind of requests. */
export function schemaOf(flow: Flow): string {
  return `bench-${flow}`;
}

/** All kinds of requests. */
export const flows = Object.keys(rules) as Flow[];

/**
 * Makes the API server count the operator's requests by kind: priority and fairness has a metric per flow schema, so no
 * proxy is needed. A priority level with high limits, so that no request waits.
 */
export async function installFlowSchemas(client: KubeClient): Promise<void> {
  const objects = [
    {
      apiVersion,
      kind: 'PriorityLevelConfiguration',
      metadata: { name: level },
      spec: {
        type: 'Limited',
        limited: {
          nominalConcurrencyShares: 40,
          // As the level has in which production's operator is; one that rejects would refuse some of the
          // twenty lists with which an operator starts, and it would wait a second or more.
          limitResponse: {
            type: 'Queue',
            queuing: { queues: 128, handSize: 6, queueLengthLimit: 50 },
          },
        },
      },
    },
    ...flows.map((flow, position) => flowSchema(flow, 200 + position)),
  ];
  for (const object of objects) await create(client, object);
}

function flowSchema(flow: Flow, matchingPrecedence: number): Desired {
  const { verbs, resources } = rules[flow];
  return {
    apiVersion,
    kind: 'FlowSchema',
    metadata: { name: schemaOf(flow) },
    spec: {
      matchingPrecedence,
      priorityLevelConfiguration: { name: level },
      rules: [
        {
          subjects: [{ kind: 'User', user: { name: operatorUser } }],
          resourceRules: [
            {
              verbs,
              resources,
              apiGroups: ['*'],
              namespaces: ['*'],
              clusterScope: true,
            },
          ],
        },
      ],
    },
  };
}

async function create(client: KubeClient, object: Desired): Promise<void> {
  const plural = `${object.kind.toLowerCase()}s`;
  await client.request({
    method: 'POST',
    path: `/apis/${apiVersion}/${plural}`,
    body: object,
  });
}
