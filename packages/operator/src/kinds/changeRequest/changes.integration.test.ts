import {
  findCondition,
  mostUsageSamples,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { plan, tenant } from '@bailiwick/backstage-testing/objects';
import {
  approveAll,
  RequestSteps,
  why,
} from '../../__testUtils__/RequestSteps';
import { resources, World } from '../../__testUtils__/World';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(60_000);

const inDays = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toISOString();

/** Samples of a week, the newest of now. */
const weekOf = (usedRatio: number) =>
  Array.from({ length: mostUsageSamples }, (_, position) => ({
    at: inDays((position + 1 - mostUsageSamples) / 6),
    cpu: '3500m',
    memory: '1Gi',
    storage: '0',
    pods: 4,
    apps: 2,
    plan: 'small',
    usedRatio,
  }));

integration('changes of a tenant on a real API server', () => {
  let world: World;
  let steps: RequestSteps;
  const requests = (client = world.admin) => resources.requests(client);
  const tenants = () => resources.tenants(world.admin);
  const spec = async (name = 'desk') => (await tenants().get(name)).spec;
  const change: RequestSteps['change'] = (...asked) => steps.change(...asked);

  beforeAll(async () => {
    world = await World.start();
    steps = new RequestSteps(world);
    const create = (...args: Parameters<typeof plan>) =>
      resources.plans(world.admin).create(plan(...args));
    await create('small', { approval: approveAll, maxLifetime: '365d' });
    await create('large', { approval: approveAll, title: 'Large' });
    await create('careful', {
      approval: { rules: [], deciders: ['group:default/leads'] },
    });
    await world.giveTenant(tenant('desk', { expiresAt: inDays(20) }));
    await world.giveTenant(tenant('other', { plan: 'careful' }));
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  it('record the replaced values, the deciding plan, and the evidence', async () => {
    const { members } = await spec();
    const { status } = await change('setMembers', { members: [] });
    const { uid } = (await tenants().get('desk')).metadata;
    expect(status).toMatchObject({
      phase: 'Applied',
      plan: 'small',
      before: { members },
      evidence: {
        tenantUid: uid,
        tenantsOfOwner: 2,
        members: 2,
        used: { cpu: '0', memory: '0', storage: '0', pods: 0, apps: 0 },
        limit: { cpu: '4', memory: '8192Mi', storage: '40960Mi', apps: 10 },
      },
    });
    expect((await spec()).members).toEqual([]);
    const { status: later } = await change('setMembers', { members });
    expect(later?.evidence?.lastActivity).toBe(
      new Date(
        Math.max(
          Date.parse(status!.verdict!.at),
          Date.parse(
            (await requests().get('ask-desk-1')).metadata.creationTimestamp!,
          ),
        ),
      ).toISOString(),
    );
  });

  it('change its plan, and the end by the plan', async () => {
    await change('changePlan', { plan: 'large' });
    expect((await spec()).plan).toBe('large');
    await tenants().patch('desk', { spec: { expiresAt: null } });
    const back = await change('changePlan', { plan: 'small' });
    expect(why(back)).toContain(
      'Plan of tenant desk changed from large to small',
    );
    const { expiresAt, plan: name } = await spec();
    expect(name).toBe('small');
    expect(
      Math.abs(Date.parse(expiresAt!) - Date.parse(inDays(365))),
    ).toBeLessThan(60_000);
  });

  it('add environments, and replace all of them', async () => {
    await change('setEnvironments', { add: [{ name: 'test' }] });
    const names = async () =>
      (await spec()).environments.map(({ name }) => name);
    expect(await names()).toEqual(['dev', 'prod', 'test']);
    const { environments } = await spec();
    const { status } = await change('setEnvironments', {
      environments: environments.slice(0, 2),
    });
    expect(status?.before).toEqual({ environments });
    expect(await names()).toEqual(['dev', 'prod']);
  });

  it('transfer it, and back', async () => {
    await change('transfer', { owners: ['group:default/fx'] });
    expect((await spec()).owners).toEqual(['group:default/fx']);
    const { status } = await change('transfer', {
      owners: ['group:default/rates'],
    });
    expect(status?.before).toEqual({ owners: ['group:default/fx'] });
    const again = await change('transfer', { owners: ['group:default/rates'] });
    expect(why(again)).toBe(
      'desk already belongs to group:default/rates; no change needed',
    );
  });

  it('renew it and its environments, within the plan’s limits', async () => {
    await tenants().patch('desk', { spec: { expiresAt: inDays(20) } });
    const expiresAt = inDays(100);
    await change('renew', { expiresAt });
    expect((await spec()).expiresAt).toBe(expiresAt);
    const shorter = await change('renew', { expiresAt: inDays(50) });
    expect(why(shorter)).toContain('choose a later date');
    expect((await spec()).expiresAt).toBe(expiresAt);
    const [first, ...others] = (await spec()).environments;
    const environments = [{ ...first, expiresAt: inDays(5) }, ...others];
    await tenants().patch('desk', { spec: { environments } });
    const soon = inDays(10);
    await change('renew', { environments: [{ name: 'dev', expiresAt: soon }] });
    expect((await spec()).environments[0]).toMatchObject({
      name: 'dev',
      expiresAt: soon,
    });
    const far = await change('renew', { expiresAt: inDays(400) });
    expect(why(far)).toContain('Plan Small has a maximum lifetime of 365d');
  });

  it('are approved by a rule when most was used for a week, and not before', async () => {
    const when = "request.action == 'changePlan' && evidence.usedRatio7d > 0.8";
    const reason = 'Used above 80% for 7 days.';
    await resources.plans(world.admin).create(
      plan('next', {
        approval: {
          rules: [{ when, verdict: 'approve', reason }],
          deciders: ['group:default/leads'],
        },
      }),
    );
    const early = await steps.ask('changePlan', { plan: 'next' });
    expect((await steps.settled(early, 'Open', 'Applied')).status?.phase).toBe(
      'Open',
    );
    await tenants().patchStatus('desk', { usage: weekOf(0.86) });
    await eventually('The operator knows of the week', async () => {
      const name = await steps.ask('changePlan', { plan: 'next' });
      const { status } = await steps.settled(name, 'Open', 'Applied', 'Failed');
      return (
        status?.phase === 'Applied' &&
        status.verdict?.reason === reason &&
        status.evidence?.usedRatio7d === 0.86
      );
    });
    expect((await spec()).plan).toBe('next');
    await change('changePlan', { plan: 'small' });
  });

  it('name the deleted plan and the next step', async () => {
    const gone = await change('changePlan', { plan: 'vanished' });
    expect(gone.status?.phase).toBe('Failed');
    expect(why(gone)).toBe(
      'Plan "vanished" was not found; choose another plan, or ask the platform team to restore it',
    );
  });

  it('report a plan that was deleted after the request', async () => {
    const name = await steps.ask(
      'setEnvironments',
      { add: [{ name: 'test' }] },
      'other',
    );
    const { status } = await steps.settled(name, 'Open', 'Failed');
    expect(findCondition(status, 'Decided')?.message).toBe(
      'Pending approval by group:default/leads or group:default/platform',
    );
    await resources.plans(world.admin).delete('careful');
    const paul = world.as('user:default/paul', 'group:default/platform');
    await requests(paul).patchStatus(name, {
      verdict: {
        verdict: 'approve',
        by: 'user:default/paul',
        reason: 'Agreed.',
        at: new Date().toISOString(),
      },
    });
    const failed = await steps.settled(name, 'Failed', 'Applied');
    expect(why(failed)).toContain('Plan "careful" was not found');
  });

  it('fail when the tenant is deleted', async () => {
    const name = await steps.ask('setMembers', { members: [] }, 'other');
    await steps.settled(name, 'Open');
    await tenants().delete('other');
    const failed = await steps.settled(name, 'Failed');
    expect(why(failed)).toContain(
      'Tenant "other" was not found; request a new tenant instead',
    );
    const late = await change('setMembers', { members: [] }, 'other');
    expect(why(late)).toContain('request a new tenant instead');
  });
});
