import { run } from '../../__testUtils__/shapes';
import type { Step } from './readStep';
import {
  endedStatus,
  cancelDependents,
  isDue,
  statusOfSteps,
} from './runStatus';

const now = new Date('2026-11-20T10:00:00Z');
const needs: Record<string, string[]> = { b: ['a'], c: ['b'], d: [] };
const needsOf = (step: string) => needs[step] ?? [];
const steps = (phases: Partial<Record<string, Step['phase']>>): Step[] =>
  ['c', 'b', 'a', 'd'].map(name => ({
    name,
    phase: phases[name] ?? 'Pending',
  }));
const phasesOf = (some: Step[]) =>
  Object.fromEntries(some.map(({ name, phase }) => [name, phase]));

describe('cancelDependents', () => {
  it('skips all steps that depend on a failed one, directly or not, and no others', () => {
    expect(phasesOf(cancelDependents(steps({ a: 'Failed' }), needsOf))).toEqual(
      {
        a: 'Failed',
        b: 'Cancelled',
        c: 'Cancelled',
        d: 'Pending',
      },
    );
  });
});

describe('isDue', () => {
  it('starts a step when all of its dependencies succeeded', () => {
    const due = (phases: Partial<Record<string, Step['phase']>>) =>
      steps(phases)
        .filter((step, _, all) => isDue(step, all, needsOf))
        .map(({ name }) => name);
    expect(due({})).toEqual(['a', 'd']);
    expect(due({ a: 'Running', d: 'Succeeded' })).toEqual([]);
    expect(due({ a: 'Succeeded', d: 'Failed' })).toEqual(['b']);
  });
});

describe('statusOfSteps', () => {
  const one = run('monday', 'desk--home');

  it('continues while a step can still start', () => {
    const some = steps({ a: 'Failed', b: 'Cancelled', c: 'Cancelled' });
    expect(statusOfSteps(one, some, {}, now)).toMatchObject({
      phase: 'Running',
      why: '3 of 4 steps completed.',
    });
  });

  it('fails with the words of the step that failed', () => {
    const all = steps({
      a: 'Failed',
      b: 'Cancelled',
      c: 'Cancelled',
      d: 'Succeeded',
    }).map(step => (step.name === 'a' ? { ...step, why: 'No prices.' } : step));
    expect(statusOfSteps(one, all, {}, now)).toMatchObject({
      phase: 'Failed',
      why: 'a: No prices.',
      finishedAt: '2026-11-20T10:00:00Z',
    });
  });
});

describe('endedStatus', () => {
  it('keeps ended steps, and cancels the rest', () => {
    const begun = {
      ...run('monday', 'desk--home'),
      status: { steps: steps({ a: 'Succeeded', b: 'Running' }) },
    };
    const { steps: left = [] } = endedStatus(begun, 'Cancelled', 'So.', now);
    expect(phasesOf(left)).toEqual({
      a: 'Succeeded',
      b: 'Cancelled',
      c: 'Cancelled',
      d: 'Cancelled',
    });
  });
});
