import {
  eventually,
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-testing';
import { setTimeout as pause } from 'node:timers/promises';
import {
  applyIfChanged,
  applyStatusIfChanged,
  coreKinds,
  Controller,
  dropFinalizer,
  ensureFinalizer,
  ForeignObjectError,
  Informer,
  keyOf,
  LeaseElection,
  type KubeClient,
} from '.';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(60_000);

const namespace = 'default';
const log = { info: () => {}, warn: () => {}, error: () => {} };

function configMap(
  name: string,
  data: Record<string, string>,
  labels = { ours: 'yes' },
) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace, labels },
    data,
  };
}

integration('the controller runtime on a real API server', () => {
  let cluster: TestCluster;
  let client: KubeClient;
  const configMaps = () => client.resource(coreKinds.configMaps);
  const stop = new AbortController();

  beforeAll(async () => {
    cluster = await startTestCluster();
    client = cluster.client;
  }, 120_000);
  afterAll(async () => {
    stop.abort();
    await cluster?.stop();
  }, 60_000);

  it('reads, writes and deletes, and classifies rejections', async () => {
    const created = await configMaps().create(configMap('crud', { a: '1' }));
    await expect(
      configMaps().create(configMap('crud', {})),
    ).rejects.toMatchObject({ reason: 'AlreadyExists' });
    const patched = await configMaps().patch(
      'crud',
      { data: { b: '2', a: null } },
      { namespace },
    );
    expect(patched.data).toEqual({ b: '2' });
    await expect(configMaps().replace(created)).rejects.toMatchObject({
      reason: 'Conflict',
    });
    await expect(
      configMaps().patch(
        'crud',
        { data: {} },
        { namespace, resourceVersion: created.metadata.resourceVersion },
      ),
    ).rejects.toMatchObject({ reason: 'Conflict' });
    await expect(
      configMaps().delete('crud', { namespace, uid: 'another' }),
    ).rejects.toMatchObject({ reason: 'Conflict' });
    await configMaps().delete('crud', { namespace, uid: created.metadata.uid });
    await expect(configMaps().get('crud', { namespace })).rejects.toMatchObject(
      { reason: 'NotFound' },
    );
  });

  it('acts in the name of others over the same connections', async () => {
    const eve = client.as({
      user: 'user:default/eve',
      groups: ['group:default/others', 'group:default/more'],
    });
    await expect(
      eve.resource(coreKinds.configMaps).list(),
    ).rejects.toMatchObject({ reason: 'Forbidden' });
    const { status } = await eve.request<{ status: { userInfo: object } }>({
      method: 'POST',
      path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
      body: {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'SelfSubjectReview',
      },
    });
    expect(status.userInfo).toMatchObject({
      username: 'user:default/eve',
      groups: [
        'group:default/others',
        'group:default/more',
        'system:authenticated',
      ],
    });
  });

  it('follows changes, page by page and through the watch', async () => {
    for (let i = 0; i < 12; i += 1)
      await configMaps().create(configMap(`many-${i}`, {}));
    const pages = [];
    for await (const page of configMaps().pages({ namespace, limit: 5 }))
      pages.push(page.items.length);
    expect(pages.length).toBeGreaterThan(2);

    const informer = new Informer({
      client,
      type: coreKinds.configMaps,
      namespace,
    });
    const seen: string[] = [];
    informer.onChange(({ type, object }) =>
      seen.push(`${type} ${object.metadata.name}`),
    );
    informer.start(stop.signal);
    await informer.synced;
    const first = await configMaps().create(configMap('again', {}));
    await eventually('It is seen', () => informer.get('again', namespace));
    await configMaps().delete('again', { namespace });
    await configMaps().create(configMap('again', {}));
    const second = await eventually('Another one', () => {
      const found = informer.get('again', namespace);
      return found?.metadata.uid !== first.metadata.uid ? found : undefined;
    });
    expect(second.metadata).not.toHaveProperty('managedFields');
    expect(seen.filter(line => line.endsWith(' again'))).toEqual([
      'added again',
      'deleted again',
      'added again',
    ]);
  });

  it('applies only differences, removes unwanted objects, and keeps foreign ones', async () => {
    const informer = new Informer({ client, type: coreKinds.configMaps });
    informer.start(stop.signal);
    await informer.synced;
    const apply = (data: Record<string, string>) =>
      applyIfChanged(informer, configMap('wanted', data), {
        fieldManager: 'test',
        hashAnnotation: 'test/hash',
        isOurs: ({ metadata }) => metadata.labels?.ours === 'yes',
      });
    const first = await apply({ a: '1', b: '2' });
    // The copy contains the write before the watch reports it.
    expect(informer.get('wanted', namespace)).toEqual(first);
    expect(await apply({ a: '1', b: '2' })).toEqual(first);
    await configMaps().patch(
      'wanted',
      { data: { theirs: 'x', a: 'drifted' } },
      { namespace },
    );
    const found = () => informer.get('wanted', namespace);
    await eventually('The drift', () => found()?.data?.a === 'drifted');
    const second = await apply({ a: '1', b: '2' });
    expect(second.data).toEqual({ a: '1', b: '2', theirs: 'x' });
    const third = await apply({ a: '1' });
    expect(third.data).toEqual({ a: '1', theirs: 'x' });

    await configMaps().patch(
      'wanted',
      { metadata: { labels: { ours: null } } },
      { namespace },
    );
    await eventually('The label is gone', () => !found()?.metadata.labels);
    await expect(apply({ a: '2' })).rejects.toThrow(ForeignObjectError);
  });

  it('refuses to write to a successor of the known object', async () => {
    await configMaps().create(configMap('successor', { a: '1' }));
    const outdated = new Informer({ client, type: coreKinds.configMaps });
    const away = new AbortController();
    outdated.start(away.signal);
    await outdated.synced;
    away.abort();
    await configMaps().delete('successor', { namespace });
    await configMaps().create(configMap('successor', { a: 'new' }));
    const write = applyIfChanged(outdated, configMap('successor', { a: '2' }), {
      fieldManager: 'test',
      hashAnnotation: 'test/hash',
      isOurs: () => true,
    });
    await expect(write).rejects.toThrow('metadata.uid');
    const { data } = await configMaps().get('successor', { namespace });
    expect(data).toEqual({ a: 'new' });
  });

  it('does not write a status over a change that it has not seen', async () => {
    const labels = { app: 'status' };
    const deployments = client.resource(coreKinds.deployments);
    const old = await deployments.create({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'status', namespace },
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers: [{ name: 'one', image: 'one' }] },
        },
      },
    });
    await deployments.patch(
      'status',
      { metadata: { labels: { changed: 'meanwhile' } } },
      { namespace },
    );
    const informer = new Informer({ client, type: coreKinds.deployments });
    await expect(
      applyStatusIfChanged(
        informer,
        old,
        { replicas: 1 },
        { fieldManager: 'test' },
      ),
    ).rejects.toMatchObject({ reason: 'Conflict' });
  });

  it('keeps an object until its finalizer is dropped', async () => {
    const object = await configMaps().create(configMap('held', {}));
    const held = await ensureFinalizer(configMaps(), object, 'test/cleanup');
    // Also if the object was changed meanwhile, but not another object of its name.
    const both = await ensureFinalizer(configMaps(), object, 'test/other');
    expect(both.metadata.finalizers).toEqual(['test/cleanup', 'test/other']);
    const { metadata } = object;
    const other = { ...object, metadata: { ...metadata, uid: 'other' } };
    await expect(
      ensureFinalizer(configMaps(), other, 'test/third'),
    ).rejects.toThrow('metadata.uid');
    await dropFinalizer(configMaps(), both, 'test/other');
    await configMaps().delete('held', { namespace });
    const going = await configMaps().get('held', { namespace });
    expect(going.metadata.deletionTimestamp).toBeDefined();
    await dropFinalizer(configMaps(), going, 'test/cleanup');
    await dropFinalizer(configMaps(), held, 'test/cleanup');
    await expect(configMaps().get('held', { namespace })).rejects.toMatchObject(
      { reason: 'NotFound' },
    );
  });

  it('reconciles existing and new objects', async () => {
    const informer = new Informer({
      client,
      type: coreKinds.configMaps,
      namespace,
    });
    const seen = new Set<string>();
    const controller = new Controller({
      name: 'test',
      log,
      watches: [{ informer, toKeys: object => [keyOf(object)] }],
      reconcile: async key => void seen.add(key),
    });
    informer.start(stop.signal);
    const abort = new AbortController();
    const ended = controller.run(abort.signal);
    await eventually('What exists', () => seen.has(`${namespace}/many-0`));
    await configMaps().create(configMap('late', {}));
    await eventually('What comes', () => seen.has(`${namespace}/late`));
    abort.abort();
    await expect(ended).resolves.toBeUndefined();
  });

  it('lets one of two lead, and the other when the first resigns', async () => {
    const led: string[] = [];
    const candidate = (identity: string) => {
      const abort = new AbortController();
      const election = new LeaseElection({
        client,
        namespace,
        name: 'leader',
        identity,
        log,
        retrySeconds: 0.1,
      });
      const ended = election.run(abort.signal, async signal => {
        led.push(identity);
        await new Promise(resolve => signal.addEventListener('abort', resolve));
      });
      return { abort, ended };
    };
    const first = candidate('first');
    await eventually('The first leads', () => led.length === 1);
    const second = candidate('second');
    await pause(500);
    expect(led).toEqual(['first']);
    first.abort.abort();
    await first.ended;
    await eventually('The second leads', () => led.length === 2);
    expect(led).toEqual(['first', 'second']);
    second.abort.abort();
    await second.ended;
  });

  it('stops leading when another process holds the lease', async () => {
    const election = new LeaseElection({
      client,
      namespace,
      name: 'stolen',
      identity: 'victim',
      log,
      retrySeconds: 0.1,
      renewSeconds: 0.5,
    });
    const leases = client.resource(coreKinds.leases);
    const ended = election.run(stop.signal, async signal => {
      await leases.patch(
        'stolen',
        { spec: { holderIdentity: 'thief' } },
        { namespace },
      );
      await new Promise(resolve => signal.addEventListener('abort', resolve));
    });
    await expect(ended).rejects.toThrow(
      'The lease could not be renewed in time',
    );
    expect(
      (await leases.get('stolen', { namespace })).spec?.holderIdentity,
    ).toBe('thief');
  });
});
