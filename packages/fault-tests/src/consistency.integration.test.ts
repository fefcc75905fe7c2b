import { coreKinds } from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  findCondition,
  homeNamespace,
  type App,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { FaultBench, pause } from '@bailiwick/backstage-testing/world';
import { quiet, type Violation } from '@bailiwick/backstage-testing/oracles';
import {
  Coalescer,
  duplicateFrames,
  Gate,
  holdFrames,
  identityOf,
  reorderFrames,
  takeSnapshot,
} from '@bailiwick/backstage-testing/proxy';
import { isGone, secondCommit } from '@bailiwick/backstage-testing/people';
import {
  allSteps,
  Rehearsal,
  steps,
  untilHonest,
  violationsOf,
  watchHonesty,
} from './scenario';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(400_000);

const appChildren = [
  'deployments',
  'services',
  'serviceaccounts',
  'networkpolicies',
];

integration('an operator that does not see everything at once', () => {
  let bench: FaultBench;
  let rehearsal: Rehearsal;

  /** Plays all steps; each must end as in the rehearsal. */
  async function playAll(tenant: string, seconds = 120) {
    for (const step of allSteps) {
      await steps[step](bench, tenant);
      await rehearsal.reached(bench, tenant, step, seconds);
    }
  }

  const readyOf = async (tenant: string) => {
    const namespace = homeNamespace(tenant);
    const { status } = await bench.admin
      .resource<App>(appKind)
      .get('prices', { namespace });
    return findCondition(status, 'Ready')?.status;
  };

  beforeAll(async () => {
    bench = await FaultBench.start();
    await bench.keepStill();
    rehearsal = await Rehearsal.play(bench);
  });
  afterEach(() => bench.reset());
  afterAll(() => bench?.stop());

  it('operator/01 ends the same when killed after any write', async () => {
    const start = bench.proxy.writes.length;
    let lives = 1;
    let last = '';
    const stopWatching = watchHonesty(bench);
    const stopKilling = bench.proxy.onWrite(write => {
      const what = `${write.verb} ${identityOf(write)} ${write.query}`;
      // Repeated after a restart, it changes nothing; it remains because it is not a new state.
      if (what !== last) bench.operator.signal('SIGKILL');
      last = what;
    });
    let isOver = false;
    const reviving = (async () => {
      while (!isOver) {
        await Promise.race([bench.operator.ended, pause(100)]);
        if (bench.operator.isRunning) continue;
        await bench.restartOperator();
        lives += 1;
      }
    })();
    // It is reported where it is awaited.
    reviving.catch(() => {});
    let untrue: Violation[] = [];
    try {
      // It starts some sixty times, each as long as a program's start.
      await playAll('crash', 240);
    } finally {
      isOver = true;
      stopKilling();
      untrue = await stopWatching();
      await reviving;
    }
    expect(untrue).toEqual([]);
    expect(lives).toBeGreaterThan(20);
    const writes = bench.proxy.writes.slice(start);
    expect(rehearsal.countsOf('crash', writes)).toEqual([]);
    expect(await untilHonest(bench)).toEqual([]);
  }, 900_000);

  it('operator/02 does nothing twice when answers to writes are lost', async () => {
    const start = bench.proxy.writes.length;
    const known = new Set<string>();
    const lost = bench.proxy.add({
      verb: ['create', 'patch', 'delete'],
      when: asked => {
        const what = `${asked.verb} ${identityOf(asked)} ${asked.subresource}`;
        return known.size < known.add(what).size;
      },
      fault: { type: 'loseResponse' },
    });
    await playAll('lost');
    expect(lost.hits.length).toBeGreaterThan(20);
    const writes = bench.proxy.writes.slice(start);
    expect(rehearsal.countsOf('lost', writes)).toEqual([]);
  });

  it('operator/03 knows its own writes while the watches are late', async () => {
    const tenant = await bench.giveTenant('late');
    const gate = new Gate();
    bench.proxy.add({
      verb: 'watch',
      resource: appChildren,
      fault: holdFrames(gate),
    });
    await bench.restartOperator();
    await bench.operatorReady();
    gate.close();
    const start = bench.proxy.writes.length;
    await bench.people.createApp(tenant, 'prices');
    const dev = { namespace: `${tenant}--dev` };
    const deployments = bench.admin.resource(coreKinds.deployments);
    await eventually('It is made', () => deployments.get('prices', dev));
    for (const count of [2, 3, 4]) {
      await bench.people.scale(tenant, 'prices', count);
      await eventually(`It has ${count} pods`, async () => {
        const { spec } = await deployments.get('prices', dev);
        return spec?.replicas === count;
      });
      // Repeated triggers, while the effects of writes are invisible.
      for (let look = 0; look < 4; look += 1) {
        await bench.people.note(tenant, 'prices', `${count}-${look}`);
        await pause(500);
      }
      expect(await readyOf(tenant)).toBe('False');
    }
    const ofChildren = () =>
      bench.proxy.writes
        .slice(start)
        .filter(({ resource }) => appChildren.includes(resource))
        .map(identityOf)
        .sort();
    const expected = [
      ...Array.from({ length: 4 }, () => 'deployments late--dev/prices'),
      'networkpolicies late--dev/prices',
      'serviceaccounts late--dev/prices',
      'services late--dev/prices',
    ];
    expect(ofChildren()).toEqual(expected);
    gate.open();
    await bench.settle(tenant);
    await bench.quiesce();
    expect(ofChildren()).toEqual(expected);
  });

  it('operator/04 deletes nothing by a list from the past', async () => {
    const tenant = await bench.giveTenant('past', 'prices');
    const namespace = homeNamespace(tenant);
    const apps = bench.admin.resource<App>(appKind);
    const services = bench.admin.resource(coreKinds.services);
    const held = { namespace: `${tenant}--dev` };
    // Somebody's finalizer keeps the deletion going until the picture is taken.
    const finalizers = ['example.org/hold'];
    await services.patch('prices', { metadata: { finalizers } }, held);
    await bench.people.deleteApp(tenant, 'prices');
    await eventually('The app is going', async () => {
      const { metadata } = await apps.get('prices', { namespace });
      return metadata.deletionTimestamp;
    });
    const earlier = await takeSnapshot(bench.admin, appKind);
    await services.patch('prices', { metadata: { finalizers: null } }, held);
    await eventually(
      'The app is gone',
      async () => (await apps.list({ namespace })).length === 0,
    );
    await bench.people.createApp(tenant, 'prices', secondCommit);
    await bench.settle(tenant);
    await bench.quiesce();
    const start = bench.proxy.writes.length;
    const travel = bench.proxy.add({
      verb: 'watch',
      resource: 'apps',
      first: 1,
      fault: { type: 'answerFrom', earlier, holdMilliseconds: 4000 },
    });
    await bench.restartOperator();
    await eventually(
      'The operator reads the past',
      () => travel.hits.length,
      60,
    );
    await pause(6000);
    await bench.settle(tenant);
    const deletions = bench.proxy.writes
      .slice(start)
      .filter(({ verb }) => verb === 'delete');
    expect(deletions).toEqual([]);
  });

  it('operator/05 needs only the last event of each object', async () => {
    const coalescer = new Coalescer();
    bench.proxy.add({ verb: 'watch', fault: coalescer.fault });
    await bench.restartOperator();
    await bench.operatorReady();
    const tenant = await bench.giveTenant('gaps', 'gone', 'kept');
    coalescer.hold();
    for (const count of [2, 5, 3])
      await bench.people.scale(tenant, 'kept', count);
    await bench.people.run(tenant, 'kept', secondCommit);
    await bench.people.deleteApp(tenant, 'gone');
    await bench.people.createApp(tenant, 'new');
    await bench.admin
      .resource(coreKinds.services)
      .delete('kept', { namespace: `${tenant}--dev` });
    await pause(1000);
    coalescer.release();
    await eventually('The app is gone', async () => {
      const apps = bench.admin.resource<App>(appKind);
      const names = (await apps.list({ namespace: homeNamespace(tenant) })).map(
        ({ metadata }) => metadata.name,
      );
      return names.join() === 'kept,new';
    });
    await bench.settle(tenant);
    const services = bench.admin.resource(coreKinds.services);
    const { metadata } = await services.get('kept', {
      namespace: `${tenant}--dev`,
    });
    expect(metadata.deletionTimestamp).toBeUndefined();
  });

  it('operator/06 tolerates duplicate and reordered frames', async () => {
    const reordered = bench.proxy.add({
      verb: 'watch',
      when: ({ resource }) => resource.length % 2 === 0,
      fault: reorderFrames(),
    });
    bench.proxy.add({ verb: 'watch', fault: duplicateFrames() });
    await bench.restartOperator();
    await playAll('twice');
    expect(reordered.hits.length).toBeGreaterThan(0);
    await bench.quiesce();
    const start = bench.proxy.passages.length;
    await pause(3000);
    expect(quiet(bench.proxy.passages.slice(start))).toEqual([]);
  });

  it('operator/07 treats an object recreated under the same name as another object', async () => {
    const tenant = await bench.giveTenant('anew', 'prices');
    const namespace = homeNamespace(tenant);
    const dev = { namespace: `${tenant}--dev` };
    const apps = bench.admin.resource<App>(appKind);
    const services = bench.admin.resource(coreKinds.services);
    const deployments = bench.admin.resource(coreKinds.deployments);
    const old = await deployments.get('prices', dev);
    // No events arrive meanwhile, and the last version is too old to resume from.
    const expired = { kind: 'Status', code: 410, reason: 'Expired' };
    const away = bench.proxy.add({
      verb: 'watch',
      resource: ['apps', 'services'],
      fault: { type: 'answer', status: 410, body: expired },
    });
    bench.proxy.cutWatches({ resource: ['apps', 'services'] });
    const { spec } = await apps.get('prices', { namespace });
    await bench.people.deleteApp(tenant, 'prices');
    await apps.patch(
      'prices',
      { metadata: { finalizers: null } },
      { namespace },
    );
    await services.delete('prices', dev);
    const { metadata, ...service } = await services
      .get('prices', dev)
      .catch(() => ({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: {},
        spec: { ports: [{ port: 81 }] },
      }));
    await services.create({
      ...service,
      metadata: { name: 'prices', ...dev, labels: { made: 'by-hand' } },
    });
    await apps.create({
      ...appKind,
      apiVersion: 'bailiwick.dev/v1alpha1',
      metadata: { name: 'prices', namespace },
      spec,
    } as unknown as App);
    away.remove();
    await eventually('The new app is taken on', async () => {
      const app = await apps.get('prices', { namespace });
      const [environment] = app.status?.environments ?? [];
      return (
        app.metadata.finalizers?.length === 1 &&
        environment?.why.includes('already exists')
      );
    });
    expect((await services.get('prices', dev)).metadata.labels).toEqual({
      made: 'by-hand',
    });
    const { uid } = (await deployments.get('prices', dev)).metadata;
    expect(uid).toBe(old.metadata.uid);
    await services.delete('prices', dev);
    await eventually('The service is made anew', () =>
      services.get('prices', dev),
    );
    await bench.settle(tenant);
    expect(await isGone(bench.admin, tenant)).toBe(false);
  });

  it('operator/O4 to operator/O8 hold for all of it', async () => {
    expect(await bench.stillness()).toEqual([]);
    expect(await violationsOf(bench)).toEqual([]);
  });
});
