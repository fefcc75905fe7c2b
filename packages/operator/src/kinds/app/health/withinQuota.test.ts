import type { Deployment } from '@bailiwick/backstage-kube-controller';
import { withinQuota } from './withinQuota';

const message =
  'pods "feed-1" is forbidden: exceeded quota: tenant, requested: requests.cpu=100m, used: requests.cpu=300m, limited: requests.cpu=300m';

function deployment(status: Deployment['status'] = {}): Deployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'feed', namespace: 'desk--dev' },
    spec: { replicas: 5 },
    status: {
      replicas: 3,
      updatedReplicas: 3,
      conditions: [
        { type: 'Available', status: 'True' },
        { type: 'ReplicaFailure', status: 'True', message },
        {
          type: 'Progressing',
          status: 'False',
          reason: 'ProgressDeadlineExceeded',
        },
      ],
      ...status,
    },
  };
}

describe('withinQuota', () => {
  it('reduces a Deployment to the pods that can run, and explains the others', () => {
    expect(withinQuota(deployment(), 2)).toMatchObject({
      deployment: {
        spec: { replicas: 3 },
        status: { conditions: [{ type: 'Available', status: 'True' }] },
      },
      note: {
        health: 'Healthy',
        why: 'The current load needs 5 pods, but the quota allows 3. The quota is used up: 300m CPU of 300m CPU used, 100m CPU more needed.',
        next: expect.stringMatching(/larger plan/),
      },
    });
  });

  it.each([
    ['the number of pods is fixed', deployment(), undefined],
    ['pods of the minimum are missing', deployment(), 4],
    ['other code is rolled out', deployment({ updatedReplicas: 1 }), 2],
    ['all pods exist', deployment({ replicas: 5, updatedReplicas: 5 }), 2],
    [
      'pods are refused for another reason',
      deployment({
        conditions: [
          {
            type: 'ReplicaFailure',
            status: 'True',
            message: 'pods "feed-1" is forbidden: no',
          },
        ],
      }),
      2,
    ],
  ])('changes nothing if %s', (_, found, min) => {
    expect(withinQuota(found, min)).toEqual({ deployment: found });
  });
});
