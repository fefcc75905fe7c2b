import { anApp } from '../../__fixtures__/objects';
import { readinessChecks } from '../../kinds';
import { readinessOf } from './readiness';

const described = {
  name: 'prices',
  description: 'Monthly prices.',
  parameters: { properties: { symbol: { description: 'Which share.' } } },
  result: {
    kind: 'table' as const,
    columns: [{ name: 'price', type: 'Money', description: 'At the close.' }],
  },
};

describe('readinessOf', () => {
  it('lists the pack’s requirements, in its order', () => {
    const asked = readinessOf(anApp({}), ['release', 'readers']);
    expect(asked.map(({ check, done }) => [check, done])).toEqual([
      ['release', false],
      ['readers', false],
    ]);
    expect(asked[1].next).toMatch(/^Create a token/);
  });

  it('recognizes fulfilled requirements', () => {
    const app = anApp({
      description: 'Prices for the morning meeting.',
      environments: [{ name: 'prod', release: 'prices-r1' }],
    });
    const status = {
      environments: [
        {
          name: 'prod',
          health: 'Healthy' as const,
          why: '',
          next: '',
          pods: { ready: 1, desired: 1 },
          since: '2026-11-20T08:00:00Z',
          contract: { functions: [described] },
        },
      ],
    };
    const asked = readinessOf({ ...app, status }, readinessChecks, {
      readers: 1,
      protectedEnvironments: ['prod'],
    });
    expect(asked.filter(({ done }) => !done)).toEqual([]);
  });

  it.each([
    ['a function', { description: undefined }],
    ['a parameter', { parameters: { properties: { symbol: {} } } }],
    [
      'a column',
      {
        result: {
          ...described.result,
          columns: [{ name: 'price', type: 'Money' }],
        },
      },
    ],
  ])('misses the words of %s', (_what, fields) => {
    const contract = { functions: [{ ...described, ...fields }] };
    const environments = [{ name: 'dev', contract }] as never;
    const [{ done }] = readinessOf({ ...anApp({}), status: { environments } }, [
      'words',
    ]);
    expect(done).toBe(false);
  });

  it('uses the defaults if a pack has none', () => {
    expect(readinessOf(anApp({})).map(({ check }) => check)).toEqual([
      'description',
      'words',
      'running',
      'protected',
    ]);
  });
});
