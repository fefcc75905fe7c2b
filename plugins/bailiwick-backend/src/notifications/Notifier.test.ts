import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { ChangeRequest } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { newRequest } from '../requests/newRequest';
import { Notifier } from './Notifier';
import type { CatalogSubjects } from '../authorization';
import { SentNotifications } from './SentNotifications';

const rita = { user: 'user:default/rita', groups: [] };

function request(uid: string, phase: 'Open' | 'Denied'): ChangeRequest {
  const { metadata, ...made } = newRequest(rita, 'rates-desk', {
    action: 'renew',
    proposed: {},
    reason: 'Needed.',
  });
  return {
    ...made,
    metadata: { ...metadata, name: uid, uid },
    status: { phase },
  };
}

/** Watched lists whose content the test sets. */
function kubernetesWith(...initial: ChangeRequest[]) {
  const content = new Map(initial.map(one => [one.metadata.name, one]));
  const listeners = new Set<(change: object) => void>();
  const empty = {
    list: () => [],
    get: () => undefined,
    subscribe: () => () => {},
  };
  const requests = {
    list: () => [...content.values()],
    get: (name: string) => content.get(name),
    subscribe(listener: (change: object) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const service = {
    progress: () => ({ ready: true }),
    onProgress: () => () => {},
    lists: { plans: empty, requests, tenants: empty },
  } as unknown as KubernetesService;
  return {
    service,
    set(object: ChangeRequest) {
      content.set(object.metadata.name, object);
      for (const listener of listeners) listener({ type: 'updated', object });
    },
  };
}

describe('Notifier', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  const logger = mockServices.logger.mock();
  const send = jest.fn<Promise<void>, [NotificationSendOptions]>();
  let client: Awaited<ReturnType<typeof databases.init>>;
  let notifier: Notifier | undefined;

  let displayNames: Record<string, string>;

  beforeEach(async () => {
    client = await databases.init('SQLITE_3');
    jest.resetAllMocks();
    send.mockResolvedValue();
    displayNames = {};
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'Date'] });
  });
  afterEach(() => {
    notifier?.stop();
    jest.useRealTimers();
  });

  /** Every group has one member, of its name. */
  const subjects = {
    peopleOf: async (references: string[]) =>
      references.map(one => one.replace('group:', 'user:')),
    namesOf: async (references: string[]) =>
      new Map(references.map(one => [one, displayNames[one]])),
  } as CatalogSubjects;

  /** Starts as the portal does, on the same database. */
  async function start(kubernetes: { service: KubernetesService }) {
    notifier?.stop();
    const sent = await SentNotifications.open({
      getClient: async () => client,
    });
    notifier = new Notifier({
      kubernetes: kubernetes.service,
      logger,
      notifications: { send },
      subjects,
      sent,
    });
    notifier.start();
    await pass(1_000);
  }

  /** Advances the time, including that of the database. */
  async function pass(milliseconds: number) {
    for (let step = 0; step < 10; step += 1) {
      await jest.advanceTimersByTimeAsync(milliseconds / 10);
      await nextTurn();
    }
  }
  const titles = () => send.mock.calls.map(([{ payload }]) => payload.title);

  it('names people as in the catalog, otherwise by their short reference', async () => {
    const kubernetes = kubernetesWith();
    await start(kubernetes);
    const first = request('first', 'Open');
    kubernetes.set(first);
    await pass(1_000);
    displayNames = { [first.spec.requestedBy]: 'Rita Rates' };
    kubernetes.set(request('second', 'Open'));
    await pass(1_000);
    const words = send.mock.calls.map(([{ payload }]) => payload.description);
    expect(words).toEqual([
      expect.stringMatching(/^Requested by rita for /),
      expect.stringMatching(/^Requested by Rita Rates for /),
    ]);
  });

  it('disguises no link in the title of a tenant as words', async () => {
    const kubernetes = kubernetesWith();
    await start(kubernetes);
    const asked = request('new', 'Open');
    const title = '<https://elsewhere.example|Approve>';
    kubernetes.set({
      ...asked,
      spec: { ...asked.spec, action: 'create', proposed: { title } },
    });
    await pass(1_000);
    expect(titles()).toEqual([
      expect.stringContaining('‹https://elsewhere.example|Approve›'),
    ]);
  });

  it('sends nothing about existing objects at the very first start', async () => {
    const kubernetes = kubernetesWith(request('old', 'Open'));
    await start(kubernetes);
    expect(titles()).toEqual([]);
    kubernetes.set(request('new', 'Open'));
    await pass(1_000);
    expect(titles()).toEqual(['Pending your approval: Renew rates-desk']);
  });

  it('reports a repeated change once, also after a restart', async () => {
    await start(kubernetesWith());
    const kubernetes = kubernetesWith(request('one', 'Open'));
    await start(kubernetes);
    kubernetes.set(request('one', 'Open'));
    await pass(1_000);
    await start(kubernetes);
    expect(titles()).toHaveLength(1);
  });

  it('reports events during the downtime, unless they are out of date', async () => {
    await start(kubernetesWith(request('one', 'Open')));
    await start(
      kubernetesWith(request('one', 'Denied'), request('two', 'Denied')),
    );
    const denied = 'Denied: Renew rates-desk';
    // Of the first one someone was notified that it is pending: the approvers hear of the end, too.
    expect(titles()).toEqual([denied, denied, denied]);
    expect(
      send.mock.calls.map(([{ payload }]) => [payload.severity, payload.scope]),
    ).toEqual([
      ['normal', 'bailiwick:one:progress'],
      ['low', 'bailiwick:one:Open'],
      ['normal', 'bailiwick:two:progress'],
    ]);
  });

  it('reports the last of several quick changes', async () => {
    const kubernetes = kubernetesWith();
    await start(kubernetes);
    kubernetes.set(request('one', 'Open'));
    await pass(100);
    kubernetes.set(request('one', 'Denied'));
    await pass(1_000);
    expect(titles()).toEqual(['Denied: Renew rates-desk']);
  });

  it('retries failed messages, logs once, and sends others meanwhile', async () => {
    const kubernetes = kubernetesWith();
    await start(kubernetes);
    send.mockRejectedValueOnce(new Error('Request failed with status 404'));
    kubernetes.set(request('one', 'Open'));
    await pass(1_000);
    kubernetes.set(request('two', 'Denied'));
    await pass(1_000);
    expect(titles()).toHaveLength(2);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(logger.warn.mock.calls[0][0]).toContain('status 404');
    await pass(62_000);
    expect(titles()).toEqual([
      'Pending your approval: Renew rates-desk',
      'Denied: Renew rates-desk',
      'Pending your approval: Renew rates-desk',
    ]);
    await pass(200_000);
    expect(titles()).toHaveLength(3);
  });

  it('reuses the scope of an update, so that it replaces the first one', async () => {
    const kubernetes = kubernetesWith();
    await start(kubernetes);
    send.mockRejectedValueOnce(new Error('The answer was lost'));
    kubernetes.set(request('one', 'Open'));
    await pass(70_000);
    expect(send.mock.calls.map(([{ payload }]) => payload.scope)).toEqual([
      'bailiwick:one:Open',
      'bailiwick:one:Open',
    ]);
  });

  it('deletes the records of objects that no longer exist', async () => {
    await start(kubernetesWith(request('one', 'Open'), request('two', 'Open')));
    await start(kubernetesWith(request('two', 'Open')));
    await expect(
      client('told_notices').select('about', 'what').orderBy('about'),
    ).resolves.toEqual([
      { about: 'bailiwick', what: 'began' },
      { about: 'two', what: 'Open' },
    ]);
  });

  it('is sent once by several portals, and by the next one if a portal fails', async () => {
    const open = () =>
      SentNotifications.open({ getClient: async () => client });
    const [first, second, third] = [await open(), await open(), await open()];
    const key = { about: 'one', what: 'Open' };
    const sendOnce = jest.fn(async () => {});
    const [failed] = await Promise.allSettled([
      first.once(key, () => Promise.reject(new Error('It is killed'))),
      second.once(key, sendOnce),
      third.once(key, sendOnce),
    ]);
    expect(failed).toMatchObject({ status: 'rejected' });
    expect(sendOnce).toHaveBeenCalledTimes(1);
    expect(first.has(key)).toBe(false);
    await first.update(key.about);
    expect([first, second, third].every(one => one.has(key))).toBe(true);
  });

  it('is sent by the next portal when one was killed meanwhile', async () => {
    const sent = await SentNotifications.open({
      getClient: async () => client,
    });
    const key = { about: 'one', what: 'Open' };
    await client('told_notices').insert({
      ...key,
      claimed_at: Date.now() - 61_000,
    });
    await sent.update(key.about);
    expect(sent.has(key)).toBe(false);
    const sendOnce = jest.fn(async () => {});
    await sent.once(key, sendOnce);
    await sent.once(key, sendOnce);
    expect(sendOnce).toHaveBeenCalledTimes(1);
  });

  it('leaves the database to others while it is sent', async () => {
    const sent = await SentNotifications.open({
      getClient: async () => client,
    });
    // SQLite has one connection.
    await sent.once({ about: 'one', what: 'Open' }, async () => {
      await client('told_notices').count();
    });
  });

  it('remembers more than fits into one statement', async () => {
    const sent = await SentNotifications.open({
      getClient: async () => client,
    });
    const many = Array.from({ length: 450 }, (_, position) => ({
      about: `uid-${position}`,
      what: 'Open',
    }));
    await sent.recordFirstRun(many);
    const again = await SentNotifications.open({
      getClient: async () => client,
    });
    expect(again.isNew()).toBe(false);
    expect(many.every(one => again.has(one))).toBe(true);
    await again.keepOnly(new Set(['uid-7']));
    await expect(client('told_notices').count()).resolves.toEqual([
      { 'count(*)': 2 },
    ]);
  });
});
