import { aFleetRow, aFleetTenant } from '../../../__fixtures__/views';
import { planBulk, targetsOf, type BulkAction } from './bulkPlan';

const [dev, prod] = aFleetRow().environments;
const rows = [
  aFleetRow({ name: 'a', environments: [dev, prod] }),
  aFleetRow({ name: 'b', environments: [{ ...dev, paused: true }] }),
  aFleetRow({ name: 'c', tenant: 'labs', environments: [dev] }),
  aFleetRow({ name: 'd', tenant: 'closed', environments: [dev] }),
  aFleetRow({ name: 'e' }),
];
const all = new Set([
  'rates-desk/a/dev',
  'rates-desk/a/prod',
  'rates-desk/b/dev',
  'labs/c/dev',
  'closed/d/dev',
  'rates-desk/gone/dev',
]);
const tenants = [
  aFleetTenant(),
  aFleetTenant({ name: 'labs', myRole: 'viewer', operates: [] }),
  aFleetTenant({ name: 'closed', cordon: { reason: 'An incident.' } }),
];

const plan = (action: BulkAction) => {
  const { leftOut, touched } = planBulk(action, targetsOf(rows, all), tenants);
  return {
    touched: touched.map(({ place, row }) => `${row.name} ${place.name}`),
    leftOut: leftOut.map(({ reason, row }) => `${row.name}: ${reason}`),
  };
};
const always = [
  'a: Only owners of the tenant can do this in a protected environment.',
  'c: Only builders and owners of the tenant can do this.',
  'd: Tenant closed is cordoned by the platform team and read-only: An incident.',
];

describe('planBulk', () => {
  it('pauses running apps', () => {
    expect(plan('pause')).toEqual({
      touched: ['a dev'],
      leftOut: [always[0], 'b: The app is already paused.', ...always.slice(1)],
    });
  });

  it('restarts running apps', () => {
    expect(plan('restart')).toMatchObject({ touched: ['a dev'] });
    expect(plan('restart').leftOut).toContain(
      'b: The app is paused. Resume it to start its pods.',
    );
  });

  it('resumes paused apps', () => {
    expect(plan('resume')).toMatchObject({ touched: ['b dev'] });
    expect(plan('resume').leftOut).toContain('a: The app is not paused.');
  });
});
