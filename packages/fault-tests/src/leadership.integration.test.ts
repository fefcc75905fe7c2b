import { coreKinds } from '@bailiwick/backstage-kube-controller';
import { eventually } from '@bailiwick/backstage-testing';
import { FaultBench, pause } from '@bailiwick/backstage-testing/world';
import { oneWriter } from '@bailiwick/backstage-testing/oracles';
import { OperatorProcess } from '@bailiwick/backstage-testing/process';
import { isWrite, type FaultProxy } from '@bailiwick/backstage-testing/proxy';
import { secondCommit } from '@bailiwick/backstage-testing/people';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(400_000);

const lease = 'bailiwick-operator';
const namespace = 'bailiwick-system';

integration('several operators', () => {
  let bench: FaultBench;
  let proxies: FaultProxy[] = [];
  const running: OperatorProcess[] = [];
  let started = 0;
  const leases = () => bench.admin.resource(coreKinds.leases);

  function join(
    proxy: FaultProxy,
    options: { clockAheadSeconds?: number; leaseSeconds?: number } = {},
  ): OperatorProcess {
    started += 1;
    const operator = OperatorProcess.start({
      kubeconfig: proxy.kubeconfigFor(`operator-${started}`),
      leaderElection: true,
      ...options,
    });
    running.push(operator);
    return operator;
  }

  /** Writes that reached the API server, but for leases. */
  const timesOf = (proxy: FaultProxy, since: number) =>
    proxy.passages
      .filter(
        passage =>
          isWrite(passage) &&
          passage.resource !== 'leases' &&
          passage.status !== undefined &&
          passage.at > since,
      )
      .map(({ at }) => at);

  let resting = async () => {};

  /** Changes something every 300 ms, so that there is always work. */
  function keepBusy(tenant: string) {
    let isOver = false;
    const busy = (async () => {
      for (let count = 1; !isOver; count += 1) {
        await bench.people.scale(tenant, 'prices', 1 + (count % 5));
        await pause(300);
      }
    })();
    resting = async () => {
      isOver = true;
      await busy;
    };
    return resting;
  }

  beforeAll(async () => {
    bench = await FaultBench.start();
    proxies = [
      await bench.proxyFor('bailiwick:operator'),
      await bench.proxyFor('bailiwick:operator'),
    ];
    await bench.giveTenant('desk', 'prices');
    await bench.stopOperator();
  });
  afterEach(async () => {
    await resting();
    for (const operator of running.splice(0)) await operator.kill();
    proxies.forEach(proxy => proxy.clear());
    await leases()
      .delete(lease, { namespace })
      .catch(() => {});
  });
  afterAll(async () => {
    for (const proxy of proxies) await proxy.close();
    await bench?.stop();
  });

  it('operator/21 never write at the same time, whatever stops one of them', async () => {
    const since = performance.now();
    const first = join(proxies[0], { clockAheadSeconds: -60 });
    await eventually('The first leads', () => first.leads);
    const second = join(proxies[1], { clockAheadSeconds: 60 });
    await eventually('The second waits', () =>
      second.log.some(({ message }) => message.startsWith('Waiting to lead')),
    );
    const rest = keepBusy('desk');
    await eventually(
      'The first writes',
      () => timesOf(proxies[0], since).length > 3,
    );
    // While a write is under way. Between its last check of the lease and the send call, no process can be stopped safely.
    const write = proxies[0].add({
      verb: 'patch',
      resource: 'deployments',
      first: 1,
      fault: { type: 'delay', milliseconds: 1000 },
    });
    await eventually('A write is under way', () => write.hits.length);
    first.signal('SIGSTOP');
    const stopped = performance.now();
    await eventually('The second leads', () => second.leads, 25);
    expect(performance.now() - stopped).toBeLessThan(19_000);
    await eventually(
      'The second writes',
      () => timesOf(proxies[1], stopped).length > 3,
    );
    // Well past the lease.
    await pause(Math.max(0, stopped + 20_000 - performance.now()));
    first.signal('SIGCONT');
    await first.ended;
    await pause(1000);
    await rest();
    expect(timesOf(proxies[1], since).length).toBeGreaterThan(3);
    const passages = proxies.flatMap(one => one.passages);
    expect(oneWriter(passages.filter(({ at }) => at > since))).toEqual([]);
  });

  it('operator/22 stop writing when the lease cannot be renewed', async () => {
    const operator = join(proxies[0], { clockAheadSeconds: -60 });
    await eventually('It leads', () => operator.leads);
    const rest = keepBusy('desk');
    const refused = performance.now();
    proxies[0].add({
      resource: 'leases',
      fault: { type: 'answer', status: 503 },
    });
    await eventually('It ends', () => !operator.isRunning, 20);
    const took = performance.now() - refused;
    expect(took).toBeLessThan(16_000);
    const last = Math.max(...timesOf(proxies[0], refused));
    expect(last - refused).toBeLessThan(10_500);
    proxies[0].clear();
    const next = join(proxies[0]);
    await eventually('Another one leads', () => next.leads, 25);
    await rest();
    await bench.settle('desk');
  });

  it('operator/45 stops cleanly on request', async () => {
    // A leader that fell silent would keep the others waiting for a minute.
    const minute = { leaseSeconds: 60 };
    const operator = join(proxies[0], minute);
    await eventually('It leads', () => operator.leads);
    const slow = proxies[0].add({
      verb: 'patch',
      resource: ['deployments', 'configmaps', 'apps'],
      fault: { type: 'delay', milliseconds: 1000 },
    });
    await bench.people.run('desk', 'prices', secondCommit);
    await eventually('It is at work', () => slow.hits.length);
    const { code, milliseconds } = await operator.stop();
    expect(code).toBe(0);
    expect(milliseconds).toBeLessThan(10_000);
    const { spec } = await leases().get(lease, { namespace });
    expect(spec?.holderIdentity).toBeFalsy();
    // What was on its way may still arrive.
    await pause(1200);
    const writes = proxies[0].writes.length;
    await pause(1500);
    expect(proxies[0].writes.length).toBe(writes);
    proxies[0].clear();
    const next = join(proxies[0], minute);
    await eventually('The next one leads at once', () => next.leads, 20);
    await bench.settle('desk');
  });

  it('operator/46 take over from a killed one long before its lease ends', async () => {
    const minute = { leaseSeconds: 60 };
    const first = join(proxies[0], minute);
    await eventually('The first leads', () => first.leads);
    const second = join(proxies[1], minute);
    await eventually('The second waits', () =>
      second.log.some(({ message }) => message.startsWith('Waiting to lead')),
    );
    await first.kill();
    await eventually('The second leads', () => second.leads);
    await second.kill();
    const third = join(proxies[0], minute);
    await eventually('The third leads', () => third.leads);
    await bench.settle('desk');
    expect(third.leads).toBe(true);
  });
});
