import type { Lease } from '@bailiwick/backstage-kube-controller';
import { OperatorMonitor } from './OperatorMonitor';

describe('OperatorMonitor', () => {
  let now: number;
  let lease: Lease | undefined;
  let isConnected: boolean;
  let told: (string | undefined)[];
  let monitor: OperatorMonitor;
  let version = 1;

  beforeEach(() => {
    now = 1_000_000;
    isConnected = true;
    told = [];
    lease = undefined;
    monitor = new OperatorMonitor({
      leases: {
        get: () => lease,
        get isConnected() {
          return isConnected;
        },
      },
      onChange: () => told.push(monitor.staleness()?.why),
      now: () => now,
    });
  });

  const renew = (holderIdentity = 'one') => {
    version += 1;
    lease = {
      metadata: { name: 'lease', resourceVersion: String(version) },
      spec: { holderIdentity },
    } as Lease;
  };
  /** Advances the time, with checks. */
  const pass = (seconds: number) => {
    for (let step = 0; step < seconds * 2; step += 1) {
      now += 500;
      monitor.check();
    }
  };

  it('is silent while the lease is renewed', () => {
    for (let turn = 0; turn < 10; turn += 1) {
      renew();
      pass(3);
    }
    expect(told).toEqual([]);
  });

  it('waits for two renewals of a longer lease', () => {
    const renewLong = () => {
      renew();
      lease!.spec!.leaseDurationSeconds = 60;
    };
    for (let turn = 0; turn < 5; turn += 1) {
      renewLong();
      pass(8);
    }
    expect(told).toEqual([]);
    pass(9);
    expect(told).toHaveLength(1);
  });

  it('reports an operator that no longer renews within 5 s, and its return', () => {
    renew();
    pass(5);
    expect(monitor.staleness()).toMatchObject({
      who: 'operator',
      why: expect.stringMatching(/^The operator is not responding/),
    });
    renew('two');
    pass(0.5);
    expect(monitor.staleness()).toBeUndefined();
    expect(told).toHaveLength(2);
  });

  it('reports nothing for the time in which this process was paused', () => {
    renew();
    pass(1);
    now += 20_000;
    pass(1);
    expect(told).toEqual([]);
    pass(4);
    expect(told).toHaveLength(1);
  });

  it('reports that the operator stopped and gave its lease back', () => {
    renew();
    pass(1);
    renew('');
    pass(5);
    expect(told).toEqual([expect.stringMatching(/^No operator is running/)]);
  });

  it('does not blame the operator for a broken watch', () => {
    renew();
    pass(1);
    isConnected = false;
    pass(20);
    isConnected = true;
    pass(3);
    expect(told).toEqual([]);
  });

  it('reports nothing without a lease, as of an operator without election', () => {
    pass(60);
    expect(told).toEqual([]);
  });
});
