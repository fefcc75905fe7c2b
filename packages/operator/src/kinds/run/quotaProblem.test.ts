import type { ResourceQuota } from '@bailiwick/backstage-kube-controller';
import { quotaProblem } from './quotaProblem';

const workload = {
  environment: 'dev',
  limits: {
    cpu: '500m',
    memory: '512Mi',
    seconds: 30,
    rows: 1000,
    concurrency: 4,
  },
  requests: { cpu: '1', memory: '128Mi' },
};
const quota = (
  hard: Record<string, string>,
  used: Record<string, string>,
): ResourceQuota => ({
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'bailiwick' },
  status: { hard, used },
});

describe('quotaProblem', () => {
  it('is silent while one more pod fits, also exactly', () => {
    expect(quotaProblem(undefined, workload)).toBeUndefined();
    const exactly = quota(
      { pods: '2', 'requests.cpu': '1', 'requests.memory': '1Gi' },
      { pods: '1', 'requests.cpu': '500m', 'requests.memory': '896Mi' },
    );
    expect(quotaProblem(exactly, workload)).toBeUndefined();
  });

  it.each([
    [{ pods: '2' }, { pods: '2' }, '2 of 2 pods used, 1 more needed'],
    [
      { 'requests.cpu': '1' },
      { 'requests.cpu': '600m' },
      '600m of 1 CPU used, 500m more needed',
    ],
  ])('says what there is too little of: %j', (hard, used, words) => {
    expect(quotaProblem(quota(hard, used), workload)).toContain(words);
  });
});
