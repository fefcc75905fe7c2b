import { coreKinds } from '@bailiwick/backstage-kube-controller';
import {
  changeRequestKind,
  tenantKind,
  type Access,
  type ChangeRequest,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { createFeedApp } from '../__testUtils__/createFeedApp';
import { startPortal, type Portal } from '../__testUtils__/startPortal';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(60_000);

const app = '/tenants/rates-desk/apps/feed';
const access: Access = {
  request: 'granted',
  user: 'user:default/eve',
  app: 'feed',
  environment: 'dev',
  expiresAt: new Date(Date.now() + 5 * 86_400_000).toISOString(),
};

integration('access of people without membership', () => {
  let portal: Portal;
  const wanted = { environment: 'dev', days: 30, reason: 'A report.' };
  const token = (fields: object = {}) =>
    portal.call('eve', 'POST', `${app}/grants`, {
      client: 'api',
      environment: 'dev',
      days: 90,
      ...fields,
    });
  /** Writes the status that the operator would write. */
  const give = async (...all: Access[]) => {
    await portal.cluster.client
      .resource<Tenant>(tenantKind)
      .patchStatus('rates-desk', { access: all } as any);
    await eventually('The portal knows it', async () => {
      const { body } = await portal.call('eve', 'GET', '/access');
      return body.items.length === all.length;
    });
  };

  beforeAll(async () => {
    portal = await startPortal();
    await createFeedApp(portal);
    const rbac = 'rbac.authorization.k8s.io';
    await portal.cluster.client.resource(coreKinds.roleBindings).create({
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata: { name: 'readers', namespace: 'rates-desk--home' },
      roleRef: {
        apiGroup: rbac,
        kind: 'ClusterRole',
        name: 'bailiwick:tenant-reader',
      },
      subjects: [{ apiGroup: rbac, kind: 'User', name: access.user }],
    });
  }, 120_000);
  afterAll(() => portal?.stop(), 60_000);

  it('is requested once by a stranger, and never by members', async () => {
    const { body, status } = await portal.call(
      'eve',
      'POST',
      `${app}/access`,
      wanted,
    );
    expect(status).toBe(201);
    expect(body).toMatchObject({
      mine: true,
      canDecide: false,
      spec: {
        action: 'grantAccess',
        target: { kind: 'App', name: 'feed', namespace: 'rates-desk--home' },
        proposed: { environment: 'dev' },
        requestedBy: 'user:default/eve',
        reason: 'A report.',
      },
    });
    const days =
      (Date.parse(body.spec.proposed.expiresAt) - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(30, 1);
    await portal.shows('rita', '/requests', body.metadata.name);
    const second = await portal.call('eve', 'POST', `${app}/access`, wanted);
    expect(second.status).toBe(409);
    expect(second.body.error.message).toContain(
      'Access to dev is already requested',
    );
    const toms = await portal.call('tom', 'POST', `${app}/access`, wanted);
    expect(toms.status).toBe(403);
    expect(toms.body.error.message).toContain(
      'You are a member of this tenant and can already read its apps',
    );
  });

  it.each([
    [{ days: 366 }, 400],
    [{ days: 0 }, 400],
    [{ reason: '' }, 400],
    [{ functions: [] }, 400],
    [{ requestedBy: 'user:default/tom' }, 400],
  ])('is refused with %j', async (fields, status) => {
    const answer = await portal.call('eve', 'POST', `${app}/access`, {
      ...wanted,
      ...fields,
    });
    expect(answer.status).toBe(status);
  });

  it('returns tokens of that environment that end with the access, and shows nothing else', async () => {
    expect((await token()).status).toBe(403);
    await give(access);
    const { body, status } = await token();
    expect(status).toBe(201);
    expect(body.address).toBe('http://gateway.test/v1/rates-desk/dev/feed');
    expect(body.grant.spec).toMatchObject({
      subject: access.user,
      membership: access.user,
      expiresAt: access.expiresAt.replace(/\.\d+Z/, 'Z'),
    });
    for (const fields of [
      { environment: 'prod' },
      { client: 'git', environment: undefined },
    ]) {
      const refused = await token(fields);
      expect(refused.status).toBe(403);
      expect(refused.body.error.message).toContain(
        'You can only read the results of feed in dev',
      );
    }
    const { body: toms } = await portal.call('tom', 'POST', `${app}/grants`, {
      client: 'api',
      environment: 'dev',
      days: 1,
    });
    const listed = await portal.call('eve', 'GET', `${app}/grants`);
    expect(listed.body.items.map(({ metadata }: any) => metadata.name)).toEqual(
      [body.grant.metadata.name],
    );
    const others = await portal.call(
      'eve',
      'DELETE',
      `${app}/grants/${toms.grant.metadata.name}`,
    );
    expect(others.status).toBe(403);
    for (const path of [app, `${app}/commits`, '/tenants/rates-desk/export'])
      expect([403, 404]).toContain(
        (await portal.call('eve', 'GET', path)).status,
      );
    expect((await portal.call('eve', 'GET', '/apps')).body.items).toEqual([]);
    const own = await portal.call('eve', 'GET', `${app}/access`);
    expect(own.body.accesses).toEqual([access]);
    expect(own.body.readable).toMatchObject({
      metadata: { name: 'feed' },
      canCreateToken: true,
    });
    expect(Object.keys(own.body.readable.spec)).toEqual(['delivery']);
    const functions = ['mean'];
    await give({ ...access, functions });
    await eventually('The portal knows the functions', async () => {
      const limited = await token();
      return limited.body.grant?.spec.functions?.[0] === 'mean';
    });
    expect((await token({ functions: ['prices'] })).status).toBe(403);
    await give();
    expect((await token()).status).toBe(403);
    expect((await portal.call('eve', 'GET', `${app}/grants`)).status).toBe(403);
  });

  it('is revoked by owners, not by other members', async () => {
    const requests =
      portal.cluster.client.resource<ChangeRequest>(changeRequestKind);
    const [asked] = await requests.list();
    const { name } = asked.metadata;
    const operator = { user: 'bailiwick:operator', groups: [] };
    await portal.cluster.client
      .as(operator)
      .resource<ChangeRequest>(changeRequestKind)
      .patchStatus(name, {
        phase: 'Applied',
        verdict: {
          verdict: 'approve',
          by: 'rule',
          rule: 0,
          reason: 'In tests.',
          at: new Date().toISOString(),
        },
      });
    await eventually('The portal knows that it is granted', async () => {
      const { body } = await portal.call('rita', 'GET', '/requests');
      return body.items[0].status?.phase === 'Applied';
    });
    const revoke = (who: 'bea' | 'tom' | 'rita') =>
      portal.call(who, 'POST', `/requests/${name}/revocation`);
    for (const who of ['bea', 'tom'] as const)
      expect((await revoke(who)).status).toBe(403);
    expect((await revoke('rita')).body.status.revocation.by).toBe(
      'user:default/rita',
    );
  });
});
