import { roomProblem } from './roomProblem';

const each = { cpu: '100m', memory: '128Mi' };
const limit = { cpu: '2', memory: '4Gi', pods: 20 };

describe('roomProblem', () => {
  it('says nothing of what fits, to the last pod', () => {
    const used = { cpu: '1700m', memory: '1Gi', pods: 4 };
    expect(roomProblem('dev', { limit, used }, each, 3)).toBeUndefined();
    expect(roomProblem('dev', { limit, used }, each, 0)).toBeUndefined();
  });

  it.each([
    [
      { cpu: '1700m', memory: '1Gi', pods: 4 },
      'quota for 3 of the 4 additional pods: 1700m of 2 cpu used, 100m per pod.',
    ],
    [
      { cpu: '500m', memory: '3968Mi', pods: 4 },
      'quota for 1 of the 4 additional pods: 3968Mi of 4Gi memory used, 128Mi per pod.',
    ],
    [
      { cpu: '500m', memory: '1Gi', pods: 18 },
      'quota for 2 of the 4 additional pods: 18 of 20 pods used.',
    ],
    // A plan became smaller than what is used.
    [
      { cpu: '3', memory: '1Gi', pods: 4 },
      'quota for 0 of the 4 additional pods',
    ],
  ])('names what is scarcest of %j', (used, words) => {
    expect(roomProblem('dev', { limit, used }, each, 4)).toContain(words);
  });
});
