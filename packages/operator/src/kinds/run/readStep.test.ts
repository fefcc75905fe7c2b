import type { Job } from '@bailiwick/backstage-kube-controller';
import { withoutPodTemplate } from '../../cache/withoutPodTemplate';
import { readStep } from './readStep';

describe('readStep', () => {
  it('says how long a step had that took too long, also when nothing else is known', () => {
    const job = withoutPodTemplate({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name: 'flow-1-1',
        labels: { 'app.kubernetes.io/managed-by': 'bailiwick' },
      },
      spec: { activeDeadlineSeconds: 1280 },
      status: {
        conditions: [
          { type: 'Failed', status: 'True', reason: 'DeadlineExceeded' },
        ],
      },
    } as Job);
    const before = { name: 'reads', phase: 'Running' as const };
    expect(readStep(before, { job, pods: [] })).toMatchObject({
      phase: 'Failed',
      why: expect.stringContaining('longer than 1280 s'),
    });
  });
});
