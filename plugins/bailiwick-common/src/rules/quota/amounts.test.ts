import { quantitySchema } from '../../kinds/schema/scalars';
import { amountToUnits, unitsToAmount, unitTitle } from './amounts';

describe('amounts in the units in which people read them', () => {
  it.each([
    ['cpu', 0.25, '250m', 'cores'],
    ['cpu', 2, '2', 'cores'],
    ['memory', 4, '4Gi', 'GiB'],
    ['memory', 0.5, '512Mi', 'GiB'],
    ['storage', 1.3, '1395864371', 'GiB'],
    ['gpu', 1, 1, 'devices'],
  ] as const)('stores %s %d as %s', (resource, count, stored, unit) => {
    expect(unitsToAmount(resource, count)).toBe(stored);
    expect(amountToUnits(resource, stored)).toBeCloseTo(count);
    expect(unitTitle(resource)).toBe(unit);
    expect(quantitySchema.safeParse(`${stored}`).success).toBe(true);
  });

  it('stores nothing valid for less than nothing', () => {
    expect(quantitySchema.safeParse(unitsToAmount('memory', -1)).success).toBe(
      false,
    );
  });
});
