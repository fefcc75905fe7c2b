import type { Job, Node, Pod } from '@bailiwick/backstage-kube-controller';
import { withoutPodTemplate } from '../../cache/withoutPodTemplate';
import { readStep } from './readStep';

describe('readStep', () => {
  it('reports the time limit of a step that exceeded it, even without other information', () => {
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
      why: expect.stringContaining('timed out after 1280 s'),
    });
  });

  it('reports that the machine of a running step is not responding', () => {
    const job = { metadata: { name: 'flow-1-1' } } as Job;
    const pod = {
      metadata: { name: 'flow-1-1-x' },
      status: {
        phase: 'Running',
        conditions: [{ type: 'Ready', status: 'False' }],
      },
    } as Pod;
    const node = {
      metadata: { name: 'rack-7' },
      status: { conditions: [{ type: 'Ready', status: 'Unknown' }] },
    } as Node;
    const before = { name: 'reads', phase: 'Running' as const };
    expect(
      readStep(before, { job, pods: [pod], nodeOf: () => node }),
    ).toMatchObject({
      phase: 'Running',
      why: 'Node rack-7 is not reporting; the state of its pods is unknown.',
    });
  });

  it('reports no problem between the end of the pod and that of the Job', () => {
    const at = '2026-01-01T08:00:00Z';
    const ended = (exitCode: number) =>
      readStep(
        { name: 'reads', phase: 'Running' },
        {
          job: { metadata: { name: 'flow-1-1' } } as Job,
          pods: [
            {
              metadata: { name: 'flow-1-1-x' },
              status: {
                phase: 'Running',
                containerStatuses: [
                  {
                    ready: false,
                    restartCount: 0,
                    state: {
                      terminated: { exitCode, startedAt: at, finishedAt: at },
                    },
                  },
                ],
              },
            } as Pod,
          ],
        },
      ).why;
    expect(ended(0)).toBeUndefined();
    expect(ended(1)).toBe('The app exited right after start (exit code 1).');
  });
});
