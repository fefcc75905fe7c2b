import { sameOutcome, samePlan } from './compareReplay';
import { planRound } from './planRound';

describe('a replay', () => {
  it('recognizes the plan of a trace, also from a file', () => {
    const plan = JSON.parse(JSON.stringify(planRound(7, 2)));
    const [same] = samePlan({ seed: 7, round: 2, plan });
    expect(same).toBe('Round 2 of seed 7, as it is planned today.');
    plan.entries.pop();
    const [other] = samePlan({ seed: 7, round: 2, plan });
    expect(other).toContain('planned otherwise');
  });

  it('reports new and missing findings', () => {
    const trace = { violations: ['O1: a', 'O4: b'] };
    expect(sameOutcome(trace, ['O4: b', 'O1: a'])).toEqual([
      'The outcome is the same as the first time.',
    ]);
    expect(sameOutcome(trace, ['O1: a', 'O6: c'])).toEqual([
      'The outcome differs from the first time.',
      'Not any more: O4: b',
      'New: O6: c',
    ]);
  });
});
