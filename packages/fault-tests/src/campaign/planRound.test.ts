import { planRound, usualSize } from './planRound';

describe('planRound', () => {
  it('plans the same for the same seed, and something else for another one', () => {
    expect(planRound(7, 0)).toEqual(planRound(7, 0));
    expect(planRound(7, 0)).not.toEqual(planRound(8, 0));
    expect(planRound(7, 0).entries).not.toEqual(planRound(7, 1).entries);
  });

  it('creates each app before changing it, and changes no deleted one', () => {
    const { entries, wanted } = planRound(3, 0);
    const there = new Set<string>();
    for (const entry of entries) {
      if (!('app' in entry)) continue;
      const key = `${entry.tenant}/${entry.app}`;
      expect(there.has(key)).toBe(entry.do !== 'create');
      if (entry.do === 'create') there.add(key);
      if (entry.do === 'remove') there.delete(key);
    }
    expect([...there].sort()).toEqual(Object.keys(wanted).sort());
    const created = entries.filter(entry => entry.do === 'create');
    expect(created).toHaveLength(usualSize.tenants * usualSize.appsPerTenant);
  });
});
