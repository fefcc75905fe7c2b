import { aTenant } from '../../__fixtures__/views';
import { formatHighestUsage, tenantFilters, usedMost } from './tenantFilters';

const now = Date.parse('2026-11-20T12:00:00Z');
const { spec } = aTenant();
const fits = (filter: string, tenant: ReturnType<typeof aTenant>) =>
  tenantFilters[filter].fits(tenant, now);
const using = (cpu: string) =>
  aTenant({
    status: {
      environments: ['100m', cpu].map((used, index) => ({
        name: spec.environments[index].name,
        namespace: `n${index}`,
        ready: true,
        used: { cpu: used, memory: '1Gi', storage: '0', pods: 1, apps: 1 },
        limit: { cpu: '2', memory: '4Gi', storage: '20Gi', pods: 20, apps: 5 },
      })),
    },
  });

describe('tenantFilters', () => {
  it('finds the tenants of which the person is a member', () => {
    expect(fits('mine', aTenant())).toBe(true);
    expect(fits('mine', aTenant({ myRole: undefined }))).toBe(false);
  });

  it.each([
    [undefined, false],
    ['2026-12-05T12:00:00Z', false],
    ['2026-12-04T12:00:00Z', true],
    ['2026-11-01T00:00:00Z', true],
  ])('for an end on %s is %s', (expiresAt, ends) => {
    expect(fits('ending', aTenant({ spec: { ...spec, expiresAt } }))).toBe(
      ends,
    );
  });

  it('uses the fullest limit of any environment', () => {
    expect(usedMost(using('1'))).toEqual({ resource: 'cpu', share: 0.5 });
    expect(fits('full', using('1600m'))).toBe(false);
    expect(fits('full', using('1700m'))).toBe(true);
    expect(fits('full', aTenant())).toBe(false);
  });

  it('names the resource with the highest usage', () => {
    const format = (share: number) =>
      formatHighestUsage({ resource: 'apps', share });
    expect(format(0.5)).toBe('50% (Apps)');
    expect(format(0)).toBe('0%');
  });
});
