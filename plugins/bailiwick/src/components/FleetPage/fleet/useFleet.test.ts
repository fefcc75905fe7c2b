import { aFleetRow, aFleetTenant } from '../../../__fixtures__/views';
import { foldFleet } from './useFleet';

const [a, b, c] = ['a', 'b', 'c'].map(name => aFleetRow({ name }));
const tenants = [aFleetTenant()];
const before = { rows: [a, b], tenants };
const changed = { type: 'changed' as const, items: [], removed: [] };

describe('foldFleet', () => {
  it('begins with a snapshot', () => {
    expect(
      foldFleet(undefined, { type: 'snapshot', items: [a], tenants }),
    ).toEqual({ rows: [a], tenants });
  });

  it('changes rows in their places, and leaves the others the same objects', () => {
    const newer = aFleetRow({ name: 'a', title: 'New' });
    const { rows } = foldFleet(before, { ...changed, items: [c, newer] });
    expect(rows).toEqual([newer, b, c]);
    expect(rows[1]).toBe(b);
  });

  it('removes deleted apps, and keeps tenants until they are loaded', () => {
    expect(
      foldFleet(before, { ...changed, removed: ['rates-desk/a'] }),
    ).toEqual({ rows: [b], tenants });
    expect(foldFleet(before, { ...changed, tenants: [] }).tenants).toEqual([]);
  });
});
