import {
  mostUsageSamples,
  type UsageSample,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { plan } from '@bailiwick/backstage-testing/objects';
import { nextSample, sampleInterval, usageWith } from './usage';

const start = Date.parse('2027-01-01T00:00:00Z');
const amounts = (cpu: string, memory: string) => ({
  cpu,
  memory,
  storage: '1Gi',
  pods: 2,
  apps: 1,
});
const small = plan('small', {
  perEnvironment: {
    ...plan('small').spec.perEnvironment,
    cpu: '2',
    memory: '2560Mi',
  },
});
const environments = [
  {
    name: 'dev',
    namespace: 'desk--dev',
    ready: true,
    used: amounts('500m', '640Mi'),
    limit: amounts('2', '4Gi'),
  },
  {
    name: 'prod',
    namespace: 'desk--prod',
    ready: true,
    used: amounts('1', '2Gi'),
    // Less than the plan allows, by choice of its owners: it fills no plan.
    limit: amounts('1', '2Gi'),
  },
];

describe('usageWith', () => {
  it('adds up all environments, and uses the ratio of the fullest', () => {
    expect(usageWith([], environments, small, new Date(start))).toEqual([
      {
        at: '2027-01-01T00:00:00.000Z',
        cpu: '1500m',
        memory: '2688Mi',
        storage: '2048Mi',
        pods: 4,
        apps: 2,
        plan: 'small',
        usedRatio: 0.8,
      },
    ]);
  });

  it('waits for its time, and for complete counts', () => {
    const usage = usageWith([], environments, small, new Date(start));
    const early = new Date(start + sampleInterval - 1);
    expect(usageWith(usage, environments, small, early)).toBe(usage);
    expect(nextSample(usage).getTime()).toBe(start + sampleInterval);
    const { used: _, ...uncounted } = environments[1];
    const some = [environments[0], uncounted];
    expect(usageWith([], some, small, new Date(start))).toEqual([]);
  });

  it('notes nothing while the plan does not exist', () => {
    expect(usageWith([], environments, undefined, new Date(start))).toEqual([]);
  });

  it('keeps the newest of a week', () => {
    let usage: UsageSample[] = [];
    for (let count = 0; count < mostUsageSamples + 3; count += 1)
      usage = usageWith(
        usage,
        environments,
        small,
        new Date(start + count * sampleInterval),
      );
    expect(usage).toHaveLength(mostUsageSamples);
    expect(usage[0].at).toBe(
      new Date(start + 3 * sampleInterval).toISOString(),
    );
  });
});
