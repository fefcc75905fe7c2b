import { coreKinds } from '@bailiwick/backstage-kube-controller';
import {
  labels,
  workspaceKind,
  type Workspace,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { WorkspaceView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { eventually } from '@bailiwick/backstage-testing';
import { createFeedApp } from '../__testUtils__/createFeedApp';
import { freePort } from '../__testUtils__/freePort';
import type { Name } from '../__testUtils__/people';
import { startPortal, type Portal } from '../__testUtils__/startPortal';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

const namespace = 'rates-desk--home';
const app = '/tenants/rates-desk/apps/feed';
const path = `${app}/workspaces`;
const size = {
  environment: 'dev',
  cpu: '1',
  memory: '1Gi',
  storage: '2Gi',
  idleMinutes: 60,
};

integration('workspaces through the portal', () => {
  let portal: Portal;
  const workspaces = () =>
    portal.cluster.client.resource<Workspace>(workspaceKind);
  const create = (who: Name, changes: object = {}) =>
    portal.call(who, 'POST', path, { ...size, ...changes });
  const act = (who: Name, action: string, owner: Name = 'bea') =>
    portal.call(who, 'POST', `${path}/feed.default.${owner}/${action}`);
  const messageOf = ({ body, status }: { body: any; status: number }) => ({
    status,
    message: body.error?.message,
  });
  const listed = (what: string, isRight: (all: WorkspaceView[]) => boolean) =>
    eventually(what, async () => {
      const { body } = await portal.call('tom', 'GET', app);
      return isRight(body.workspaces) && body.workspaces;
    });
  const reaches = (phase: string, owner: Name = 'bea') =>
    listed(`The workspace of ${owner} is ${phase}`, all =>
      all.some(
        one => one.owner === `user:default/${owner}` && one.phase === phase,
      ),
    );
  const report = (status: NonNullable<Workspace['status']>) =>
    workspaces().patchStatus('feed.default.bea', status, { namespace });

  beforeAll(async () => {
    const listen = { port: await freePort(), host: '127.0.0.1' };
    const baseUrl = `http://*.localhost:${listen.port}`;
    portal = await startPortal({
      config: { bailiwick: { workspaces: { baseUrl, listen } } },
    });
    await createFeedApp(portal);
    // The policies find home namespaces by this label, which the operator sets.
    await portal.cluster.client
      .resource(coreKinds.namespaces)
      .patch(namespace, { metadata: { labels: { [labels.role]: 'home' } } });
  }, 120_000);
  afterAll(() => portal?.stop(), 60_000);

  it('offers builders the environments and the largest size', async () => {
    const { body } = await portal.call('bea', 'GET', path);
    expect(body).toEqual({
      environments: ['dev'],
      most: { cpu: '1', memory: '2Gi' },
    });
  });

  it.each<[string, object, number, RegExp]>([
    ['more CPU than the plan', { cpu: '1500m' }, 400, /^cpu: .* at most 1,/],
    ['more memory', { memory: '3Gi' }, 400, /^memory: .* at most 2Gi,/],
    ['no size', { storage: 'much' }, 400, /storage: must be a quantity/],
    ['no draft', { environment: 'prod' }, 400, /^environment: .*: dev$/],
    ['an unknown field', { owner: 'user:default/tom' }, 400, /owner/],
    ['no end', { idleMinutes: 0 }, 400, /idleMinutes/],
  ])('refuses a workspace with %s', async (_, changes, status, message) => {
    expect(messageOf(await create('bea', changes))).toEqual({
      status,
      message: expect.stringMatching(message),
    });
  });

  it('is for builders', async () => {
    for (const call of [create('tom'), portal.call('tom', 'GET', path)])
      expect(messageOf(await call)).toEqual({
        status: 403,
        message: expect.stringMatching(/^Only builders and owners/),
      });
    expect((await create('eve')).status).toBe(404);
    expect((await portal.call('eve', 'GET', path)).status).toBe(404);
  });

  it('creates the workspace of a person, and starts it', async () => {
    const before = Date.now();
    expect((await create('bea')).status).toBe(201);
    const { metadata, spec } = await workspaces().get('feed.default.bea', {
      namespace,
    });
    const { startedAt = '', ...others } = spec;
    expect(others).toEqual({ ...size, app: 'feed', owner: 'user:default/bea' });
    const start = Date.parse(startedAt);
    expect(start).toBeGreaterThanOrEqual(before);
    expect(await reaches('Pending')).toEqual([
      {
        ...size,
        name: metadata.name,
        owner: 'user:default/bea',
        phase: 'Pending',
        startedAt,
        isOn: true,
      },
    ]);
  });

  it('is one for each person', async () => {
    expect(messageOf(await create('bea'))).toEqual({
      status: 409,
      message: expect.stringMatching(/^You already have a workspace/),
    });
  });

  it('is opened by its owner, while it runs', async () => {
    expect(messageOf(await act('rita', 'session'))).toEqual({
      status: 403,
      message: 'This workspace belongs to another person',
    });
    expect(messageOf(await act('bea', 'session'))).toEqual({
      status: 409,
      message: expect.stringMatching(/^The workspace is not running yet/),
    });
    await report({ phase: 'Running', pod: 'workspace.default.bea.0a1b-x' });
    await reaches('Running');
    expect(messageOf(await act('bea', 'session'))).toEqual({
      status: 409,
      message: expect.stringMatching(/^The workspace does not respond: /),
    });
  });

  it('is started and stopped by its owner', async () => {
    expect(messageOf(await act('bea', 'start'))).toEqual({
      status: 409,
      message: 'This workspace is running; stop it first',
    });
    expect((await act('bea', 'stop')).status).toBe(200);
    await reaches('Stopped');
    expect(messageOf(await act('rita', 'start'))).toEqual({
      status: 403,
      message: 'This workspace belongs to another person',
    });
    expect((await act('bea', 'start')).status).toBe(200);
    // No operator runs here, so the status is that of the first start.
    await reaches('Running');
  });

  it('is started again after it could not start', async () => {
    const { metadata, spec } = await workspaces().get('feed.default.bea', {
      namespace,
    });
    const observedGeneration = metadata.generation;
    await report({ phase: 'Failed', observedGeneration });
    await reaches('Failed');
    expect((await act('bea', 'start')).status).toBe(200);
    await reaches('Pending');
    const after = await workspaces().get('feed.default.bea', { namespace });
    expect(after.spec.startedAt).not.toBe(spec.startedAt);
  });

  it('is stopped and deleted by owners of the tenant', async () => {
    await report({ phase: 'Starting' });
    await reaches('Starting');
    expect((await act('rita', 'stop')).status).toBe(200);
    await reaches('Stopped');
    const remove = (who: Name, owner: Name) =>
      portal.call(who, 'DELETE', `${path}/feed.default.${owner}`);
    expect((await create('rita')).status).toBe(201);
    await reaches('Pending', 'rita');
    for (const attempt of [
      () => act('bea', 'stop', 'rita'),
      () => remove('bea', 'rita'),
    ])
      expect(messageOf(await attempt())).toEqual({
        status: 403,
        message: expect.stringContaining('Owners of the tenant can stop'),
      });
    expect((await remove('tom', 'bea')).status).toBe(403);
    expect((await remove('rita', 'bea')).status).toBe(204);
    expect((await remove('rita', 'rita')).status).toBe(204);
    await listed('The workspaces are deleted', all => all.length === 0);
    expect(messageOf(await act('bea', 'start'))).toEqual({
      status: 404,
      message: 'App "feed" has no workspace "feed.default.bea"',
    });
  });

  it('shows owners of the tenant that they are', async () => {
    const isOwner = async (who: Name) => {
      const { body } = await portal.call(who, 'GET', app);
      return body.app.isOwner;
    };
    expect(await isOwner('rita')).toBe(true);
    expect(await isOwner('bea')).toBeUndefined();
    expect(await isOwner('pia')).toBeUndefined();
  });

  it('audits what people change', () => {
    const events = portal.auditor.createEvent.mock.calls.map(
      ([{ eventId }]) => eventId,
    );
    expect(events).toEqual(
      expect.arrayContaining([
        'workspace-create',
        'workspace-delete',
        'workspace-open',
        'workspace-start',
        'workspace-stop',
      ]),
    );
  });
});
