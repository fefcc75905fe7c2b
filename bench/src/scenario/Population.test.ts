import { Population } from './Population';

describe('Population', () => {
  const population = new Population({ apps: 100, tenants: 7 });

  it('names each app uniquely within its tenant', () => {
    const keys = population.apps.map(({ home, name }) => `${home}/${name}`);
    expect(new Set(keys).size).toBe(100);
  });

  it('spreads apps over all tenants and environments', () => {
    const places = new Set(population.apps.map(({ namespace }) => namespace));
    expect(places.size).toBe(7 * 3);
    expect([...places].every(one => population.namespaces.includes(one))).toBe(
      true,
    );
  });

  it('counts a disruption budget for each app that is not edited', () => {
    const { apps, children, editable } = population;
    expect(children).toBe(apps.length * 5 + (apps.length - editable.length));
  });
});
