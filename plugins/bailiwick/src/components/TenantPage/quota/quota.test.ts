import { aPlan, aTenant } from '../../../__fixtures__/views';
import { formatAmount, formatShare } from './formatAmount';
import { highestUsageOf, quotaRows } from './quotaRows';

const amounts = {
  cpu: '500m',
  memory: '1Gi',
  storage: '5Gi',
  pods: 2,
  apps: 1,
};
const limit = { cpu: '2', memory: '4Gi', storage: '20Gi', pods: 20, apps: 5 };
const state = (name: string, used = amounts) => ({
  name,
  namespace: `rates-desk--${name}`,
  ready: true,
  used,
  limit,
});

describe('quotaRows', () => {
  it('shows usage and limits of each environment and in total', () => {
    const tenant = aTenant({
      status: {
        environments: [state('dev'), state('prod', { ...amounts, cpu: '1' })],
      },
    });
    const [cpu, memory] = quotaRows({ tenant, plan: aPlan() });
    expect(cpu.environments.prod).toEqual({ used: 1, limit: 2 });
    expect(cpu.sum).toEqual({ used: 1.5, limit: 4 });
    expect(cpu.budget).toBe(2);
    expect(formatShare('memory', memory.sum)).toBe('2 of 8 (25%)');
    expect(highestUsageOf(quotaRows({ tenant }))).toEqual({
      resource: 'cpu',
      share: 0.5,
    });
  });

  it('does not add up unknown values', () => {
    const tenant = aTenant({ status: { environments: [state('dev')] } });
    const [cpu] = quotaRows({ tenant });
    expect(cpu.sum).toEqual({ used: undefined, limit: undefined });
    expect(formatShare('cpu', cpu.sum)).toBe('– of –');
  });

  it('uses the plan’s limits until the operator reports them', () => {
    const [, memory] = quotaRows({ tenant: aTenant(), plan: aPlan() });
    expect(formatAmount('memory', memory.sum.limit)).toBe('8');
    expect(highestUsageOf(quotaRows({ tenant: aTenant() }))).toBeUndefined();
  });
});
