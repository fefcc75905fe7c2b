import {
  planKind,
  type Plan,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { aTenant, createTenant } from '../__testUtils__/createTenant';
import type { Name } from '../__testUtils__/people';
import { startPortal, type Portal } from '../__testUtils__/startPortal';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

const { spec } = aTenant();

integration('preflight on a real API server', () => {
  let portal: Portal;

  beforeAll(async () => {
    portal = await startPortal();
    await createTenant(portal.cluster.client);
    await portal.shows('pia', '/tenants', 'rates-desk');
    const plans = portal.cluster.client.resource<Plan>(planKind);
    const small = await plans.get('small');
    await plans.create({
      ...small,
      metadata: { name: 'quick' },
      spec: {
        ...small.spec,
        title: 'Quick',
        approval: {
          ...small.spec.approval,
          rules: [
            {
              when: "request.action == 'create' && request.tenantsOfOwner < 2",
              verdict: 'approve',
              reason: 'The first two tenants need no approval.',
            },
          ],
        },
      },
    });
    await eventually('the portal knows the new plan', async () => {
      const { body } = await portal.call('rita', 'GET', '/plans');
      return body.items.some(({ metadata }: Plan) => metadata.name === 'quick');
    });
  }, 120_000);
  afterAll(() => portal?.stop(), 60_000);

  const check = async (who: Name, name: string, fields: object = {}) =>
    portal.call(who, 'POST', '/requests/preflight', {
      name,
      spec: { ...spec, ...fields },
    });

  it('judges a name alone, also against tenants that one does not see', async () => {
    const ask = (name: string) =>
      portal.call('eve', 'POST', '/requests/preflight', { name });
    expect((await ask('genomics')).body).toEqual({ problems: [] });
    const { body } = await ask('ratesdesk');
    expect(body.problems).toEqual([
      expect.stringMatching(
        /^name: The name is too similar to tenant "rates-desk"/,
      ),
    ]);
  });

  it('predicts that people decide if no rule does', async () => {
    const { body, status } = await check('rita', 'genomics');
    expect(status).toBe(200);
    expect(body).toEqual({
      problems: [],
      decision: {
        by: 'people',
        deciders: ['group:default/platform'],
        problems: [],
      },
    });
  });

  it('names the deciding rule', async () => {
    const { body } = await check('rita', 'genomics', { plan: 'quick' });
    expect(body.decision).toEqual({
      by: 'rule',
      rule: 0,
      verdict: 'approve',
      reason: 'The first two tenants need no approval.',
    });
  });

  it('reports all problems, and that the person cannot send it', async () => {
    const { body } = await check('eve', 'rates-desk', {
      members: [{ subject: 'user:default/nobody', role: 'viewer' }],
      environments: ['a', 'b', 'c', 'd'].map(name => ({ name })),
    });
    expect(body.refusal).toMatch(/must be a member of one of the owner groups/);
    expect(body.problems).toEqual([
      expect.stringMatching(/^name: Tenant "rates-desk" already exists/),
      expect.stringMatching(/^environments: Plan Small allows at most 3 /),
      expect.stringMatching(
        /catalog has no user or group user:default\/nobody/,
      ),
    ]);
  });

  it('names a plan that is not there', async () => {
    const { body } = await check('rita', 'genomics', { plan: 'gone' });
    expect(body.problems).toEqual([
      expect.stringMatching(
        /^plan: Plan "gone" was not found; choose one of .*medium/,
      ),
    ]);
    expect(body.decision).toBeUndefined();
  });

  it('is as strict about look-alikes as the request itself', async () => {
    const { body, status } = await portal.call('rita', 'POST', '/requests', {
      name: 'ratesdesk',
      reason: 'We need it.',
      spec,
    });
    expect(status).toBe(400);
    expect(body.error.message).toMatch(/too similar to tenant/);
  });

  it('keeps nothing', async () => {
    await check('rita', 'genomics');
    const { body } = await portal.call('rita', 'GET', '/requests');
    expect(body.items).toEqual([]);
  });
});
