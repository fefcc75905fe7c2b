import type { KubeClient } from '@bailiwick/backstage-kube-controller';

const apiVersion = 'flowcontrol.apiserver.k8s.io/v1';

/** Name of the flow schema by which calls are counted. */
export const countedFlow = 'bench-fleet';

/** Makes the API server count the calls of some users, without their watches. */
export async function countCalls(
  client: KubeClient,
  users: string[],
): Promise<void> {
  await client.request({
    method: 'POST',
    path: `/apis/${apiVersion}/flowschemas`,
    body: {
      apiVersion,
      kind: 'FlowSchema',
      metadata: { name: countedFlow },
      spec: {
        matchingPrecedence: 200,
        priorityLevelConfiguration: { name: 'exempt' },
        rules: [
          {
            subjects: users.map(name => ({ kind: 'User', user: { name } })),
            resourceRules: [
              {
                verbs: ['get', 'list', 'create', 'update', 'patch', 'delete'],
                resources: ['*'],
                apiGroups: ['*'],
                namespaces: ['*'],
                clusterScope: true,
              },
            ],
          },
        ],
      },
    },
  });
}
