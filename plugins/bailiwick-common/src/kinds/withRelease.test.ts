import { withRelease } from './app';

describe('withRelease', () => {
  const dev = { name: 'dev', revision: 'draft' } as const;
  const replicas = { min: 1, max: 2 };
  const kept = { name: 'prod', replicas, suspended: true };
  const prod = {
    ...kept,
    release: 'r1',
    promoted: 'first',
    parameters: { limit: 70 },
    because: { by: 'user:default/rob', reason: 'At first.' },
  };
  const because = { by: 'user:default/bea', reason: 'It is better.' };
  const next = { release: 'r2', because };
  const { parameters } = prod;

  it.each([
    ['prod', [dev, { ...kept, parameters, ...next }]],
    ['dev', [{ name: 'dev', ...next }, prod]],
    ['test', [dev, prod, { name: 'test', ...next }]],
  ])('changes only the deployment in %s', (name, environments) => {
    const before = { environments: [dev, prod] };
    expect(withRelease(before, name, 'r2', { because })).toEqual(environments);
  });

  it('changes settings on request', () => {
    const how = { because, parameters: { limit: 80 } };
    const [, after] = withRelease(
      { environments: [dev, prod] },
      'prod',
      'r2',
      how,
    );
    expect(after.parameters).toEqual({ limit: 80 });
  });
});
