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

  it('has each choice once, with as few answers as the longest list', () => {
    const method = { ...text, enum: ['plain', 'weighted', 'exact'] };
    const { offered, sets, tried } = choices(
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

  it('leaves out what the tests have', () => {
    const method = { ...text, enum: ['plain', 'weighted'] };
    const tested = [{ method: 'plain' }, { method: 'weighted' }];
    expect(choices({ method }, { tested })).toEqual({
      sets: [],
      offered: 2,
      tried: 2,
    });
  });

  it('brings the answer on which a choice depends', () => {
    const { sets } = choices({ country, port }, { base, tested: [base] });
    expect(sets).toEqual([
      { country: 'NL', port: 'NLRTM' },
      { country: 'US', port: 'USNYC' },
      { country: 'DE', port: 'DEBRV' },
    ]);
  });

  it('follows choices that depend on each other in a row', () => {
    const quay = { ...text, ...options('quay', { port: 'port' }) };
    const { sets } = choices(
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

  it('shows what is hidden, and does not count it while it is', () => {
    const when = { parameter: 'isNet', is: [true] };
    const tax = {
      ...text,
      enum: ['low', 'high'],
      default: 'low',
      'x-bailiwick': { when },
    };
    const { sets } = choices(
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

  it('chooses items of a list one by one, with as many as it needs', () => {
    const ports = {
      type: 'array',
      minItems: 2,
      items: { type: 'string', enum: ['a', 'b', 'c'] },
    };
    const { sets, tried } = choices({ ports }, { base: { ports: ['a', 'b'] } });
    expect(sets).toEqual([{ ports: ['a', 'b'] }, { ports: ['c', 'a'] }]);
    expect(tried).toBe(3);
  });

  it('counts what other answers keep from being chosen', () => {
    const first = { type: 'integer', enum: [1, 2] };
    const last = {
      type: 'integer',
      title: 'Last',
      'x-bailiwick': { notBefore: 'first' },
    };
    expect(
      choices({ first, last }, { base: { first: 1, last: 1 } }),
    ).toMatchObject({ sets: [{ first: 1, last: 1 }], offered: 2, tried: 1 });
  });
});
