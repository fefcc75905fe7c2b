import { aPlan, aTenant } from '../../__fixtures__/objects';
import { planProblems } from './planProblems';

const now = new Date('2026-11-20T12:00:00Z');
const plan = aPlan();
plan.spec.maxLifetime = '30d';
plan.spec.budget = { cpu: '4', memory: '8Gi', storage: '40Gi', apps: 10 };
const environment = (name: string, more: object = {}) => ({
  name,
  cluster: 'local',
  protected: false,
  ...more,
});
const problems = (spec: Parameters<typeof aTenant>[0]) =>
  planProblems(plan, aTenant(spec).spec, now);

describe('planProblems', () => {
  it('reports nothing within the plan', () => {
    expect(
      problems({
        environments: [environment('dev'), environment('prod')],
        expiresAt: '2026-12-20T12:00:00Z',
      }),
    ).toEqual([]);
  });

  it('reports too many environments', () => {
    const environments = ['a', 'b', 'c', 'd'].map(name => environment(name));
    expect(problems({ environments })).toEqual([
      'environments: Plan Small allows at most 3 environments, and the request has 4; remove some, or choose a larger plan',
    ]);
  });

  it('reports a total above the budget', () => {
    const environments = ['a', 'b', 'c'].map(name => environment(name));
    expect(problems({ environments })).toEqual([
      expect.stringMatching(
        /^environments: The environments exceed the budget of plan Small: cpu 6 of 4, /,
      ),
    ]);
  });

  it('reports an environment above its limits', () => {
    const environments = [environment('dev', { limits: { cpu: '3' } })];
    expect(problems({ environments })).toEqual([
      'environments: Plan Small limits cpu to 2 per environment, and dev requests 3; reduce it, or choose a larger plan',
    ]);
  });

  it.each([
    ['2026-11-20T12:00:00Z', /^expiresAt: Expiry \S+ is in the past/],
    [
      '2026-12-20T12:00:01Z',
      /^expiresAt: Plan Small has a maximum lifetime of 30d/,
    ],
  ])('reports the end %s', (expiresAt, words) => {
    expect(problems({ expiresAt })).toEqual([expect.stringMatching(words)]);
  });

  it('checks the ends of environments, too', () => {
    const environments = [
      environment('dev', { expiresAt: '2025-01-01T00:00:00Z' }),
    ];
    expect(problems({ environments })).toEqual([
      expect.stringMatching(/^environments: Expiry 2025-\S+ is in the past/),
    ]);
  });
});
