import { aPlan } from '../../__fixtures__/objects';
import { monthlyCost } from './cost';
import {
  budgetOf,
  limitProblems,
  compareWithBudget,
  effectiveLimits,
  sumLimits,
} from './limits';

const { spec: plan } = aPlan();

describe('limits', () => {
  it('are those of the plan where an environment names none', () => {
    expect(effectiveLimits(plan, {})).toEqual({
      cpu: '2',
      memory: '4Gi',
      storage: '20Gi',
      apps: 5,
      pods: 20,
    });
    expect(
      effectiveLimits(plan, { limits: { cpu: '500m', apps: 1 } }),
    ).toMatchObject({
      cpu: '500m',
      memory: '4Gi',
      apps: 1,
    });
  });

  it('are never more than the plan allows', () => {
    expect(
      effectiveLimits(plan, { limits: { cpu: '3', pods: 99 } }),
    ).toMatchObject({
      cpu: '2',
      pods: 20,
    });
    expect(
      limitProblems(plan, {
        name: 'dev',
        limits: { cpu: '2001m', memory: '4096Mi' },
      }),
    ).toEqual([
      'Plan Small limits cpu to 2 per environment, and dev requests 2001m; reduce it, or choose a larger plan',
    ]);
  });

  it('add up exactly, and fit a budget up to its last piece', () => {
    const dev = { cpu: '100m', memory: '1Gi', storage: '0', apps: 1 };
    const sum = sumLimits([dev, { ...dev, cpu: '200m' }]);
    expect(sum).toEqual({ cpu: 0.3, memory: 2 * 2 ** 30, storage: 0, apps: 2 });
    const budget = sumLimits([
      { cpu: '300m', memory: '2Gi', storage: '1Gi', apps: 2 },
    ]);
    expect(compareWithBudget(sum, budget)).toEqual({ fits: true, excess: [] });
    expect(
      compareWithBudget(sum, { ...budget, cpu: 0.299, memory: 2 ** 30 }),
    ).toEqual({
      fits: false,
      excess: ['cpu 0.3 of 0.299', 'memory 2Gi of 1Gi'],
    });
  });

  it('have the budget of all environments that the plan allows when it names none', () => {
    expect(budgetOf(plan)).toMatchObject({ cpu: 6, apps: 15 });
    const budget = { cpu: '3', memory: '6Gi', storage: '9Gi', apps: 4 };
    expect(budgetOf({ ...plan, budget })).toMatchObject({ cpu: 3, apps: 4 });
  });

  it('have the plan’s price, or none if it is unknown', () => {
    const sum = sumLimits([plan.perEnvironment]);
    expect(monthlyCost(plan, sum)).toBeUndefined();
    const prices = {
      currency: 'EUR',
      cpuHour: '0.03',
      memoryGiBHour: '0.004',
      storageGiBMonth: '0.10',
    };
    // 2 × 0.03 × 730 + 4 × 0.004 × 730 + 20 × 0.10
    expect(monthlyCost({ ...plan, prices }, sum)).toEqual({
      currency: 'EUR',
      amount: 57.48,
    });
  });
});
