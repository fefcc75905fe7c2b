import { quotaProblem } from './quotaMessages';

const each = { cpu: '100m', memory: '128Mi' };
const limit = { cpu: '2', memory: '4Gi', pods: 20 };

describe('quotaProblem', () => {
  it('reports nothing up to the last pod that fits', () => {
    const used = { cpu: '1700m', memory: '1Gi', pods: 4 };
    expect(quotaProblem('dev', { limit, used }, each, 3)).toBeUndefined();
    expect(quotaProblem('dev', { limit, used }, each, 0)).toBeUndefined();
  });

  it('reports nothing without a quota', () => {
    expect(
      quotaProblem('dev', { limit: {}, used: {} }, each, 9),
    ).toBeUndefined();
  });

  it.each([
    [
      { cpu: '1700m', memory: '1Gi', pods: 4 },
      'quota for 3 of 4 additional pods: 1700m of 2 CPU used, 100m per pod.',
    ],
    [
      { cpu: '500m', memory: '3968Mi', pods: 4 },
      'quota for 1 of 4 additional pods: 3968Mi of 4Gi memory used, 128Mi per pod.',
    ],
    [
      { cpu: '500m', memory: '1Gi', pods: 18 },
      'quota for 2 of 4 additional pods: 18 of 20 pods used.',
    ],
    // A plan was reduced below the current usage.
    [
      { cpu: '3', memory: '1Gi', pods: 4 },
      'quota for 0 of 4 additional pods: 3 of 2 CPU used',
    ],
  ])('names the scarcest resource of %j', (used, words) => {
    expect(quotaProblem('dev', { limit, used }, each, 4)).toContain(words);
  });

  it('explains how to make room for another pod', () => {
    const used = { cpu: '500m', memory: '1Gi', pods: 20 };
    expect(quotaProblem('dev', { limit, used }, each)).toBe(
      'Environment dev has no quota for another pod: 20 of 20 pods used. Pause or delete another app, or request a larger plan.',
    );
  });
});
