import {
  budgetOf,
  effectiveLimits,
  sumLimits,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { coreKinds } from '@bailiwick/backstage-kube-controller';
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
jest.setTimeout(120_000);

/** Room for one environment more than dev and prod. */
const tight = plan('tight', {
  title: 'Tight',
  approval: approveAll,
  environments: { max: 20, names: ['dev'] },
  budget: { cpu: '5', memory: '10Gi', storage: '60Gi', apps: 15 },
});

integration('budgets on a real API server', () => {
  let world: World;
  let steps: RequestSteps;
  const tenants = () => resources.tenants(world.admin);

  beforeAll(async () => {
    world = await World.start();
    steps = new RequestSteps(world);
    await resources.plans(world.admin).create(tight);
    await resources
      .plans(world.admin)
      .create(plan('small', { approval: approveAll }));
    await world.giveTenant(tenant('desk', { plan: 'tight' }));
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  it('isolation/51 are never over-committed by 50 requests at once', async () => {
    const limits = { cpu: '250m', memory: '512Mi', storage: '4Gi', apps: 1 };
    const names = await Promise.all(
      Array.from({ length: 50 }, (_, position) =>
        steps.ask('setEnvironments', {
          add: [{ name: `extra-${position}`, limits }],
        }),
      ),
    );
    const ended = await Promise.all(
      names.map(name => steps.settled(name, 'Applied', 'Failed')),
    );
    const applied = ended.filter(({ status }) => status?.phase === 'Applied');
    const losers = ended.filter(({ status }) => status?.phase === 'Failed');
    // 5 cores less 2 × 2 are four times 250m.
    expect(applied).toHaveLength(4);
    expect(new Set(losers.map(why))).toEqual(
      new Set([
        'The environments exceed the budget of plan Tight: cpu 5.25 of 5, memory 10752Mi of 10Gi; reduce their limits, or choose a larger plan',
      ]),
    );
    const { spec } = await tenants().get('desk');
    expect(spec.environments).toHaveLength(6);
    const sum = sumLimits(
      spec.environments.map(one => effectiveLimits(tight.spec, one)),
    );
    expect(sum.cpu).toBeLessThanOrEqual(budgetOf(tight.spec).cpu);
  });

  it('are kept by a quota in each environment', async () => {
    const { spec } = await tenants().get('desk');
    const extra = spec.environments.find(({ limits }) => limits)!;
    const quota = await eventually('The quota', () =>
      world.admin
        .resource(coreKinds.resourceQuotas)
        .get('bailiwick', { namespace: `desk--${extra.name}` }),
    );
    expect(quota.spec?.hard).toMatchObject({
      'requests.cpu': '250m',
      'requests.memory': '512Mi',
      'requests.storage': '4Gi',
      'count/deployments.apps': '1',
    });
  });

  it('refuse a new tenant that would be above its own', async () => {
    const environments = ['a', 'b', 'c'].map(name => ({ name }));
    const proposed = { ...tenant('x').spec, plan: 'tight', environments };
    const failed = await steps.change('create', proposed, 'wide');
    expect(why(failed)).toContain(
      'exceed the budget of plan Tight: cpu 6 of 5, memory 12Gi of 10Gi',
    );
  });

  it('refuse a plan that is too small for the environments there are', async () => {
    const failed = await steps.change('changePlan', { plan: 'small' });
    expect(why(failed)).toBe(
      'Plan Small allows at most 3 environments, and the request has 6; remove some, or choose a larger plan',
    );
  });

  it('count the tenants of an owner exactly during concurrent requests', async () => {
    const owners = ['group:default/eager'];
    const onlyFirst = plan('first', {
      approval: {
        rules: [
          {
            when: 'request.tenantsOfOwner < 2',
            verdict: 'approve',
            reason: 'Two tenants of an owner need no approval.',
          },
        ],
        deciders: ['group:default/leads'],
      },
    });
    await resources.plans(world.admin).create(onlyFirst);
    const names = await Promise.all(
      Array.from({ length: 30 }, (_, position) =>
        steps.ask(
          'create',
          { ...tenant('x').spec, plan: 'first', owners },
          `eager-${position}`,
        ),
      ),
    );
    const judged = await Promise.all(
      names.map(name => steps.settled(name, 'Applied', 'Open', 'Failed')),
    );
    const phases = judged.map(({ status }) => status?.phase);
    expect(phases.filter(phase => phase === 'Applied')).toHaveLength(2);
    expect(phases.filter(phase => phase === 'Open')).toHaveLength(28);
    const made = (await tenants().list()).filter(
      ({ spec }) => spec.owners[0] === owners[0],
    );
    expect(made).toHaveLength(2);
  });
});
