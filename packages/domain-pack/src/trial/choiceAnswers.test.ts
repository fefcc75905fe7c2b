import { choiceAnswers } from './choiceAnswers';

const options = (column: string, where?: Record<string, string>) => ({
  'x-bailiwick': { options: { dataset: 'ports', column, where } },
});
const spec = {
  vocabulary: [],
  datasets: [
    {
      name: 'ports',
      file: 'data/ports.csv',
      key: ['port'],
      licence: 'CC0-1.0',
      options: { country: ['DE', 'NL', 'US'] },
      optionsBy: {
        port: {
          country: { DE: ['DEBRV', 'DEHAM'], NL: ['NLRTM'], US: ['USNYC'] },
        },
        quay: {
          port: { DEBRV: ['B1'], DEHAM: ['H1', 'H2'], NLRTM: ['R1'] },
        },
      },
    },
  ],
};

function choices(
  properties: Record<string, object>,
  {
    base = {},
    tested = [],
  }: { base?: object; tested?: Record<string, unknown>[] } = {},
) {
  return choiceAnswers({ type: 'object', properties }, spec, {
    base: base as Record<string, unknown>,
    tested,
  });
}

describe('choiceAnswers', () => {
  const text = { type: 'string', title: 'Text' };
  const country = { ...text, ...options('country') };
  const port = { ...text, ...options('port', { country: 'country' }) };
  const base = { country: 'DE', port: 'DEHAM' };

  it('has each choice once, with as few answers as the longest list', async () => {
    const method = { ...text, enum: ['plain', 'weighted', 'exact'] };
    const { offered, sets, tried } = await choices(
      { method, isNet: { type: 'boolean' } },
      { base: { method: 'plain', isNet: false } },
    );
    expect(sets).toEqual([
      { method: 'plain', isNet: true },
      { method: 'weighted', isNet: false },
      { method: 'exact', isNet: false },
    ]);
    expect([offered, tried]).toEqual([5, 5]);
  });

  it('omits choices that the tests cover', async () => {
    const method = { ...text, enum: ['plain', 'weighted'] };
    const tested = [{ method: 'plain' }, { method: 'weighted' }];
    expect(await choices({ method }, { tested })).toEqual({
      sets: [],
      offered: 2,
      tried: 2,
      unreached: [],
      leftOut: 0,
      refused: [],
    });
  });

  it('brings the answer on which a choice depends', async () => {
    const { sets } = await choices({ country, port }, { base, tested: [base] });
    expect(sets).toEqual([
      { country: 'NL', port: 'NLRTM' },
      { country: 'US', port: 'USNYC' },
      { country: 'DE', port: 'DEBRV' },
    ]);
  });

  it('follows chains of dependent choices', async () => {
    const quay = { ...text, ...options('quay', { port: 'port' }) };
    const { sets } = await choices(
      { country: { ...country, enum: ['DE', 'NL'] }, port, quay },
      { base: { ...base, quay: 'H1' } },
    );
    expect(sets).toEqual(
      expect.arrayContaining([
        { country: 'NL', port: 'NLRTM', quay: 'R1' },
        { country: 'DE', port: 'DEBRV', quay: 'B1' },
        { country: 'DE', port: 'DEHAM', quay: 'H2' },
      ]),
    );
  });

  it('shows hidden choices, and does not count them while hidden', async () => {
    const when = { parameter: 'isNet', is: [true] };
    const tax = {
      ...text,
      enum: ['low', 'high'],
      default: 'low',
      'x-bailiwick': { when },
    };
    const { sets } = await choices(
      { isNet: { type: 'boolean' }, tax },
      {
        base: { isNet: false, tax: 'low' },
        tested: [{ isNet: false, tax: 'low' }],
      },
    );
    expect(sets).toEqual([
      { isNet: true, tax: 'low' },
      { isNet: true, tax: 'high' },
    ]);
  });

  it('chooses items of a list one by one, with as many as it needs', async () => {
    const ports = {
      type: 'array',
      minItems: 2,
      items: { type: 'string', enum: ['a', 'b', 'c'] },
    };
    const { sets, tried } = await choices(
      { ports },
      { base: { ports: ['a', 'b'] } },
    );
    expect(sets).toEqual([{ ports: ['a', 'b'] }, { ports: ['c', 'a'] }]);
    expect(tried).toBe(3);
  });

  it('counts choices that other answers prevent', async () => {
    const first = { type: 'integer', enum: [1, 2] };
    const last = {
      type: 'integer',
      title: 'Last',
      'x-bailiwick': { notBefore: 'first' },
    };
    expect(
      await choices({ first, last }, { base: { first: 1, last: 1 } }),
    ).toMatchObject({
      sets: [{ first: 1, last: 1 }],
      offered: 2,
      tried: 1,
      unreached: [{ name: 'first', value: 2 }],
    });
  });

  it('shows a parameter with an answer that offers the choice', async () => {
    const when = { parameter: 'country', is: ['NL', 'US'] };
    const hidden = {
      ...text,
      default: 'NLRTM',
      'x-bailiwick': { ...port['x-bailiwick'], when },
    };
    const { sets, unreached } = await choices(
      { country, port: hidden },
      { base: { country: 'DE', port: 'NLRTM' } },
    );
    expect(sets).toEqual([
      { country: 'DE', port: 'NLRTM' },
      { country: 'NL', port: 'NLRTM' },
      { country: 'US', port: 'USNYC' },
    ]);
    expect(unreached).toEqual([
      { name: 'port', value: 'DEBRV' },
      { name: 'port', value: 'DEHAM' },
    ]);
  });

  it('finds the one answer of many that both shows a parameter and offers the choice', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `k${index}`);
    const many = {
      ...spec,
      datasets: [
        {
          ...spec.datasets[0],
          // The last thirty offer Y, and only the first of these shows the parameter.
          optionsBy: {
            port: {
              kind: Object.fromEntries(
                names.map((name, at) => [name, at < 30 ? ['X'] : ['Y']]),
              ),
            },
          },
        },
      ],
    };
    const when = { parameter: 'kind', is: names.slice(0, 31) };
    const { 'x-bailiwick': hints } = options('port', { kind: 'kind' });
    const { unreached, sets } = await choiceAnswers(
      {
        type: 'object',
        properties: {
          port: { ...text, default: 'X', 'x-bailiwick': { ...hints, when } },
          kind: { ...text, enum: names },
        },
      },
      many,
      { base: { kind: 'k59', port: 'X' }, tested: [] },
    );
    expect(unreached).toEqual([]);
    expect(sets).toContainEqual({ kind: 'k30', port: 'Y' });
  });

  it('tries each answer that shows a parameter', async () => {
    const when = { parameter: 'mode', is: ['late', 'soon'] };
    const mode = { ...text, enum: ['none', 'late', 'soon'] };
    const last = { type: 'integer', default: 5 };
    const first = {
      type: 'integer',
      enum: [1],
      default: 1,
      'x-bailiwick': { when },
    };
    const parameters = {
      type: 'object',
      properties: { first, mode, last },
      if: { properties: { mode: { const: 'late' } }, required: ['mode'] },
      then: { properties: { last: { minimum: 9 } } },
    };
    const { sets, unreached } = await choiceAnswers(parameters, spec, {
      base: { mode: 'none', last: 5, first: 1 },
      tested: [{ mode: 'none' }],
    });
    expect(sets).toEqual([{ mode: 'soon', last: 5, first: 1 }]);
    expect(unreached).toEqual([{ name: 'mode', value: 'late' }]);
  });

  it('keeps the dependencies of a choice while it makes others', async () => {
    const tax = {
      ...text,
      enum: ['low', 'high'],
      default: 'low',
      'x-bailiwick': { when: { parameter: 'isNet', is: [true] } },
    };
    const { sets, tried } = await choices(
      { tax, isNet: { type: 'boolean' } },
      { base: { isNet: true, tax: 'low' } },
    );
    expect(tried).toBe(4);
    expect(sets).toContainEqual({ isNet: true, tax: 'low' });
    expect(sets).toContainEqual({ isNet: true, tax: 'high' });
  });

  it('explains why the form rejects its own defaults', async () => {
    const method = { ...text, enum: ['plain', 'weighted'] };
    const count = { type: 'integer', minimum: 3 };
    expect(
      await choices({ method, count }, { base: { method: 'plain', count: 1 } }),
    ).toMatchObject({
      sets: [],
      offered: 2,
      tried: 0,
      refused: ['count must be >= 3'],
    });
  });

  it('creates at most 300 sets, and yields to other work', async () => {
    const codes = Array.from({ length: 500 }, (_, index) => `c${index}`);
    const code = { ...text, enum: codes };
    let turns = 0;
    let isDone = false;
    const count = () => {
      turns += 1;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);
    const found = await choices({ code }, { base: { code: 'c0' } });
    isDone = true;
    expect(found.sets).toHaveLength(300);
    expect(found).toMatchObject({ offered: 500, tried: 300, leftOut: 200 });
    expect(turns).toBeGreaterThan(100);
  });

  it('does not mistake inherited properties for choices', async () => {
    const kind = { ...country, enum: ['DE', 'constructor'] };
    const { tried, unreached } = await choices(
      { kind, port: { ...text, ...options('port', { country: 'kind' }) } },
      { base: { kind: 'DE', port: 'DEHAM' } },
    );
    expect(unreached).toContainEqual({ name: 'kind', value: 'constructor' });
    expect(tried).toBe(3);
  });
});
