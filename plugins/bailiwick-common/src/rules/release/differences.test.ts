import { app, release } from '@bailiwick/backstage-testing/objects';
import type { App } from '../../kinds';
import {
  runningAs,
  runningDifferences,
  runningIn,
  type Running,
} from './differences';

const home = 'desk--home';

describe('runningIn', () => {
  const because = { by: 'user:default/bea', reason: 'Good.' };
  const one = app('prices', home, {
    environments: [
      { name: 'dev', revision: 'draft', parameters: { limit: 1 } },
      { name: 'prod', release: 'prices-r1', because },
      { name: 'test', release: 'gone' },
    ],
  });
  const first = release('prices-r1', home, { commit: 'ccccccc' });

  it('distinguishes drafts and releases, and describes a deleted release', () => {
    const where = (name: string) => runningIn(one, name, [first]);
    expect(where('dev')).toMatchObject({
      commit: one.spec.source.revision,
      settings: { limit: 1 },
    });
    expect(where('dev')).not.toHaveProperty('release');
    expect(where('prod')).toMatchObject({
      release: 'prices-r1',
      commit: 'ccccccc',
    });
    expect(where('test')).toMatchObject({ release: 'gone' });
    expect(where('moon')).toBeUndefined();
  });
});

describe('runningIn beside a canary', () => {
  it('describes the deployed release with its settings', () => {
    const chosen = app('prices', home, {
      environments: [
        { name: 'dev', release: 'prices-r2', parameters: { limit: 2 } },
      ],
    });
    const state = {
      name: 'dev',
      release: 'prices-r1',
      deployed: { parameters: { limit: 1 } },
      canary: { release: 'prices-r2', phase: 'RolledBack' },
    };
    const status = { environments: [state] } as unknown as App['status'];
    const releases = ['1', '2'].map(one =>
      release(`prices-r${one}`, home, { commit: one.repeat(7) }),
    );
    expect(runningIn({ ...chosen, status }, 'dev', releases)).toMatchObject({
      release: 'prices-r1',
      commit: '1111111',
      settings: { limit: 1 },
    });
  });
});

describe('runningDifferences', () => {
  const base = runningAs(release('prices-r1', home, {}));

  it('are none between the same', () => {
    expect(runningDifferences(base, { ...base })).toEqual([]);
  });

  it('name the changes, breaking ones first', () => {
    const before = {
      ...base,
      answers: { symbols: ['AAPL'], note: 'a' },
      contract: {
        functions: [
          {
            name: 'prices',
            parameters: {},
            result: { kind: 'value' as const },
          },
        ],
      },
    };
    const after = {
      ...before,
      commit: 'ddddddd0000',
      archetype: { ...base.archetype, version: '9.0.0' },
      answers: { symbols: ['AAPL', 'MSFT'], note: 'a' },
      contract: { functions: [] },
      settings: { limit: 70 },
    };
    const told = runningDifferences(before, after);
    expect(told[0]).toEqual({
      about: 'contract',
      level: 'breaking',
      what: 'Function prices was removed',
    });
    expect(told.slice(1).map(({ about, what }) => `${about}: ${what}`)).toEqual(
      [
        expect.stringMatching(/^code: Commit \w+ → ddddddd$/),
        expect.stringMatching(/^template: .* 9\.0\.0 /),
        'answers: symbols: ["AAPL"] → ["AAPL","MSFT"]',
        'settings: limit: not given → 70',
      ],
    );
  });

  it('compares settings named like inherited properties', () => {
    const [before, after] = [{}, { constructor: 1 }].map(settings => ({
      archetype: { pack: 'market', version: '1.0.0', name: 'prices' },
      answers: {},
      settings,
    }));
    const settingsOf = (one: Running, other: Running) =>
      runningDifferences(one, other).map(({ what }) => what);
    expect(settingsOf(before, after)).toEqual(['constructor: not given → 1']);
    expect(settingsOf(after, before)).toEqual(['constructor: 1 → not given']);
  });
});
