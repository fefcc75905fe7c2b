// An optional resource is one row of the table; everything else follows.
import { aPlan } from '../../__fixtures__/objects';
import { planProblems } from '../approval/planProblems';
import { planKind } from '../../kinds/plan';
import { resources, type Amounts } from '../../kinds/planResources';
import { toCustomResourceDefinition } from '../../kinds/schema/customResourceDefinition';
import { validate } from '../../kinds/schema/kind';
import {
  amountsOfQuota,
  byContainerKey,
  containerRequests,
  quotaOfAmounts,
  resourceTitle,
  sumAmounts,
} from './amounts';
import { monthlyCost } from './cost';
import { readExceededQuota } from './exceededQuota';
import { budgetOf, effectiveLimits, sumLimits } from './limits';
import { roomForPods } from './roomForPods';

const { quotaKey } = resources.gpu;
const withoutGpu = aPlan();
const withGpu = {
  ...withoutGpu,
  spec: {
    ...withoutGpu.spec,
    perEnvironment: { ...withoutGpu.spec.perEnvironment, gpu: 2 },
  },
};

describe('an optional resource', () => {
  it('is valid in a plan, and so is a plan that omits it', () => {
    expect(validate(planKind, withGpu)).toEqual([]);
    expect(validate(planKind, withoutGpu)).toEqual([]);
    const { perEnvironment } = withGpu.spec;
    const half = { ...perEnvironment, gpu: 0.5 };
    expect(
      validate(planKind, {
        ...withGpu,
        spec: { ...withGpu.spec, perEnvironment: half },
      }),
    ).toEqual(['spec.perEnvironment.gpu: must be a whole number']);
  });

  it('has the same field in the CRD', () => {
    const { properties, required } =
      toCustomResourceDefinition(planKind).spec.versions[0].schema
        .openAPIV3Schema.properties.spec.properties.perEnvironment;
    expect(properties.gpu).toMatchObject({ type: 'integer', maximum: 1000 });
    expect(required).not.toContain('gpu');
  });

  it('is limited by the plan and by the environment', () => {
    const limits = effectiveLimits(withGpu.spec, { limits: { gpu: 1 } });
    expect(quotaOfAmounts(limits)[quotaKey]).toBe('1');
    expect(quotaOfAmounts(effectiveLimits(withGpu.spec, {}))[quotaKey]).toBe(
      '2',
    );
  });

  it('is not allowed by a plan that omits it', () => {
    const limits = effectiveLimits(withoutGpu.spec, {});
    expect(quotaOfAmounts(limits)[quotaKey]).toBe('0');
    expect(amountsOfQuota(quotaOfAmounts(limits))).not.toHaveProperty('gpu');
  });

  it('counts against the budget and the prices', () => {
    const { spec } = withGpu;
    expect(budgetOf(spec).gpu).toBe(6);
    const budget = { cpu: '9', memory: '9Gi', storage: '90Gi', apps: 9 };
    expect(budgetOf({ ...spec, budget }).gpu).toBe(6);
    expect(budgetOf({ ...spec, budget: { ...budget, gpu: 1 } }).gpu).toBe(1);
    const prices = {
      currency: 'EUR',
      cpuHour: '0',
      memoryGiBHour: '0',
      storageGiBMonth: '0',
      gpuHour: '2.5',
    };
    // 2 × 2.50 × 730
    expect(
      monthlyCost({ ...spec, prices }, sumLimits([effectiveLimits(spec, {})])),
    ).toEqual({ currency: 'EUR', amount: 3650 });
  });

  it('is refused by name and number', () => {
    const plan = {
      spec: {
        ...withGpu.spec,
        budget: { cpu: '9', memory: '9Gi', storage: '90Gi', apps: 15, gpu: 1 },
      },
    };
    const environments = [
      { name: 'dev', cluster: 'local', protected: false, limits: { gpu: 3 } },
    ];
    expect(planProblems(plan, { environments }, new Date())).toEqual([
      expect.stringContaining('budget of plan Small: gpu 2 of 1'),
      'environments: Plan Small limits gpu to 2 per environment, and dev requests 3; reduce it, or choose a larger plan',
    ]);
  });

  it('is used up in words', () => {
    expect(
      readExceededQuota(
        `pods "x" is forbidden: exceeded quota: bailiwick, requested: ${quotaKey}=2, used: ${quotaKey}=0, limited: ${quotaKey}=1`,
      ),
    ).toEqual({ requested: ['2 GPUs'], used: ['0 GPUs'], limited: ['1 GPU'] });
  });

  it('is requested by containers, and may be the scarcest', () => {
    const each = containerRequests(
      { cpu: '500m', memory: '1Gi', gpu: 1 },
      { cpu: '100m', memory: '128Mi' },
    );
    expect(byContainerKey(each)).toEqual({
      cpu: '100m',
      memory: '128Mi',
      'nvidia.com/gpu': '1',
    });
    const limit: Amounts = effectiveLimits(withGpu.spec, {});
    expect(roomForPods({ limit, used: { gpu: 1 } }, each)).toEqual({
      resource: 'gpu',
      need: 1,
      room: 1,
    });
  });

  it('adds up, and has a title with its unit', () => {
    const one = amountsOfQuota({ [quotaKey]: '1', pods: '1' });
    expect(sumAmounts([one, one])).toMatchObject({ gpu: 2, pods: 2 });
    expect(resourceTitle('gpu')).toBe('GPU (devices)');
  });
});
