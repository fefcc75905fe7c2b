import type { ResourceQuota } from '@bailiwick/backstage-kube-controller';
import { tenant } from '@bailiwick/backstage-testing/objects';
import type { Caches } from '../../../cache';
import { countingTimeout, QuotaTracker } from './QuotaTracker';

const desk = tenant('desk', {
  environments: [{ name: 'dev', cluster: 'local', protected: false }],
});

/** A quota of dev that was created long ago; home is always counted. */
function quota(
  namespace: string,
  pods: string,
  counted: boolean,
): ResourceQuota {
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: {
      name: 'bailiwick',
      namespace,
      creationTimestamp: '2020-01-01T00:00:00Z',
    },
    spec: { hard: { pods } },
    status: { used: counted ? { pods: '0' } : {} },
  };
}

describe('QuotaTracker', () => {
  let time: number;
  let dev: ResourceQuota;
  let quotaTracker: QuotaTracker;
  const stuck = () => quotaTracker.findUncounted(desk)?.stuck;

  beforeEach(() => {
    time = Date.parse('2026-11-20T00:00:00Z');
    dev = quota('desk--dev', '10', false);
    const get = (_: string, namespace: string) =>
      namespace === 'desk--dev' ? dev : quota(namespace, '10', true);
    quotaTracker = new QuotaTracker({
      caches: { quotas: { get } } as unknown as Caches,
      now: () => new Date(time),
    });
  });

  it('allows the cluster some time after a change of the limits, whatever the age of the quota', () => {
    expect(stuck()).toEqual([]);
    time += countingTimeout + 1;
    dev = quota('desk--dev', '20', false);
    expect(stuck()).toEqual([]);
    time += countingTimeout + 1;
    expect(stuck()).toEqual([dev]);
  });

  it('recreates a quota once for the same limits', () => {
    stuck();
    time += countingTimeout + 1;
    quotaTracker.markRecreated(stuck()!);
    time += countingTimeout + 1;
    expect(stuck()).toEqual([]);
    dev = quota('desk--dev', '20', false);
    stuck();
    time += countingTimeout + 1;
    expect(stuck()).toEqual([dev]);
  });

  describe('while the cluster counts many others', () => {
    const others = ['a', 'b'].map(name => ({
      ...desk,
      metadata: { ...desk.metadata, name },
    }));
    let counted: Set<string>;

    beforeEach(() => {
      counted = new Set();
      const get = (_: string, namespace: string) =>
        quota(
          namespace,
          '10',
          counted.has(namespace) || namespace.endsWith('--home'),
        );
      quotaTracker = new QuotaTracker({
        caches: { quotas: { get } } as unknown as Caches,
        now: () => new Date(time),
      });
    });
    const countOf = (position: number) => {
      const other = others[position];
      quotaTracker.findUncounted(other);
      counted.add(`${other.metadata.name}--dev`);
      quotaTracker.findUncounted(other);
    };

    it('lets a quota wait for its turn', () => {
      stuck();
      quotaTracker.findUncounted(others[0]);
      time += countingTimeout + 1;
      countOf(0);
      expect(stuck()).toEqual([]);
      time += countingTimeout + 1;
      expect(stuck()).toHaveLength(1);
    });

    it('recognizes a skipped one', () => {
      stuck();
      time += countingTimeout + 1;
      countOf(1);
      expect(stuck()).toHaveLength(1);
    });
  });

  it('finds nothing when everything is counted', () => {
    dev = quota('desk--dev', '10', true);
    expect(quotaTracker.findUncounted(desk)).toBeUndefined();
  });
});
