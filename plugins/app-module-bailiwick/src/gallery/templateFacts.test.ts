import { archetypeView, packView } from './__fixtures__/packs';
import { needsOf, yieldOf } from './templateFacts';

const withResults = (...kinds: string[]) => ({
  functions: kinds.map(kind => ({ name: kind, result: { kind } })),
});

describe('yieldOf', () => {
  it.each([
    ['1 table on request', { contract: withResults('table') }],
    [
      '2 tables, 1 value after each run',
      { shape: 'job', contract: withResults('table', 'value', 'table') },
    ],
    ['1 stream live', { shape: 'stream', contract: withResults('stream') }],
    [
      '1 table from incoming messages',
      { shape: 'mqtt', contract: withResults('table') },
    ],
  ] as const)('says %s', (words, archetype) => {
    expect(yieldOf(archetypeView(archetype))).toBe(words);
  });
});

describe('needsOf', () => {
  const run = { steps: [], keep: 1, seconds: 1, storage: '1Gi' };

  it('names connections by their titles, a schedule and storage', () => {
    const archetype = archetypeView({
      connections: ['broker'],
      run: { ...run, scheduleFrom: 'when' },
    });
    const pack = packView([archetype], {
      connections: [{ name: 'broker', title: 'Plant broker', kind: 'mqtt' }],
    });
    expect(needsOf(archetype, pack)).toEqual([
      'connection Plant broker',
      'schedule',
      '1 GiB storage',
    ]);
  });

  it('names nothing for a function', () => {
    const archetype = archetypeView();
    expect(needsOf(archetype, packView([archetype]))).toEqual([]);
  });

  it('names no schedule for runs on demand', () => {
    const archetype = archetypeView({ run });
    expect(needsOf(archetype, packView([archetype]))).toEqual([
      '1 GiB storage',
    ]);
  });
});
