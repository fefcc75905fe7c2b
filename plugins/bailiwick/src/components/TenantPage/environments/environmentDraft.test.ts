import {
  readProposal,
  type Plan,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { aPlan, aTenant } from '../../../__fixtures__/views';
import { chosen, chosenSpec } from '../../RequestTenantPage/tenantDraft';
import { environmentProblem } from './environmentDraft';

const now = Date.parse('2026-11-20T12:00:00Z');
const { environments } = aTenant().spec;
const planFor = (max: number, budget?: Plan['spec']['budget']): Plan => ({
  ...aPlan(),
  spec: { ...aPlan().spec, budget, environments: { max, names: [] } },
});

describe('environmentProblem', () => {
  const draft = chosen('test');
  const problem = (fields: object, plan = planFor(3)) =>
    environmentProblem({ ...draft, ...fields }, { environments }, plan, now);

  it('returns no problem for a draft that the operator would accept', () => {
    const full = { ...draft, limits: { cpu: '500m' }, ends: '2026-12-31' };
    expect(problem(full)).toBeUndefined();
    const add = [chosenSpec(full)];
    expect(readProposal('setEnvironments', { add }).problems).toBeUndefined();
  });

  it.each([
    [{ name: '' }, /Enter a name for the environment/],
    [{ name: 'a--b' }, /must not contain "--"/],
    [{ name: 'dev' }, /"dev" already exists/],
    [{ limits: { memory: 'much' } }, /memory: must be a quantity/],
    [{ limits: { gpu: '0.5' } }, /gpu: must be a whole number/],
    [
      { limits: { gpu: '1' } },
      /limits gpu to 0 per environment, and test requests 1/,
    ],
    [{ ends: '2026-11-19' }, /is in the past/],
    [
      { limits: { cpu: '9' } },
      /limits cpu to 2 per environment, and test requests 9/,
    ],
  ])('reports the problem with %j', (fields, words) => {
    expect(problem(fields)).toMatch(words);
  });

  it('counts against the plan and its budget, with numbers', () => {
    expect(problem({}, planFor(2))).toMatch(
      /allows at most 2 environments, and the request has 3/,
    );
    const budget = { cpu: '5', memory: '12Gi', storage: '60Gi', apps: 15 };
    expect(problem({}, planFor(3, budget))).toMatch(/cpu 6 of 5/);
    expect(
      problem({ limits: { cpu: '1' } }, planFor(3, budget)),
    ).toBeUndefined();
  });
});
