import type { ContractColumn } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { propertiesOf } from './edm';

const column = (name: string, fields: Partial<ContractColumn> = {}) =>
  ({
    name,
    type: 'Text',
    schema: { type: 'string' },
    ...fields,
  } as ContractColumn);

describe('propertiesOf', () => {
  it.each<[schema: Record<string, unknown>, type: string]>([
    [{ type: 'boolean' }, 'Edm.Boolean'],
    [{ type: 'integer' }, 'Edm.Int64'],
    [{ type: 'integer', minimum: 0, maximum: 100 }, 'Edm.Int32'],
    [{ type: 'number' }, 'Edm.Double'],
    [{ type: 'string' }, 'Edm.String'],
    [{ type: 'string', format: 'date' }, 'Edm.Date'],
    [{ type: 'string', format: 'date-time' }, 'Edm.DateTimeOffset'],
    [{ type: 'string', format: 'time' }, 'Edm.TimeOfDay'],
    [{ type: 'string', format: 'duration' }, 'Edm.Duration'],
    [{ type: 'array', items: { type: 'number' } }, 'Edm.String'],
    [{ type: 'string', format: 'decimal' }, 'Edm.Decimal'],
    [{ anyOf: [{ type: 'integer' }, { type: 'null' }] }, 'Edm.Int64'],
    [{ anyOf: [{ type: 'integer' }, { type: 'string' }] }, 'Edm.String'],
  ])('derives the type of %j', (schema, type) => {
    expect(propertiesOf([column('a', { schema })])).toMatchObject([{ type }]);
  });

  it("reads Python's decimals", () => {
    expect(propertiesOf([column('a', { type: 'Decimal' })])).toMatchObject([
      { type: 'Edm.Decimal' },
    ]);
  });

  it('prefers the type of the vocabulary', () => {
    expect(
      propertiesOf([column('price', { edm: 'Edm.Decimal(19,4)' })]),
    ).toMatchObject([{ type: 'Edm.Decimal', precision: 19, scale: 4 }]);
  });

  it('derives unique identifiers, and keeps valid names', () => {
    const names = ['a b', 'a-b', 'a_b', '1st', 'Größe', '€', 'x'.repeat(200)];
    const found = propertiesOf(names.map(name => column(name)));
    expect(found.map(({ name }) => name)).toEqual([
      'a_b_2',
      'a_b_3',
      'a_b',
      '_1st',
      'Größe',
      '_',
      'x'.repeat(124),
    ]);
    expect(found.map(one => one.column)).toEqual(names);
  });
});
