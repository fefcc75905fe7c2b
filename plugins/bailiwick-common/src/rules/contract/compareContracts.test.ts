import type { Contract } from '../../kinds';
import { compareContracts } from './compareContracts';

const giving = (result: object): Contract =>
  ({ functions: [{ name: 'price', parameters: {}, result }] } as never);
const value = (type: string) => giving({ kind: 'value', schema: { type } });
const column = (fields: object) =>
  giving({
    kind: 'table',
    columns: [{ name: 'paid', type: 'Money', ...fields }],
  });
const told = (before: Contract, after: Contract) =>
  compareContracts(before, after).map(({ level, what }) => `${level}: ${what}`);

describe('compareContracts', () => {
  it('knows the previous single value', () => {
    expect(told(value('number'), value('number'))).toEqual([]);
    expect(told(value('number'), value('string'))).toEqual([
      'breaking: price now returns a string instead of a number',
    ]);
  });

  it('knows the unit of a column, once it has one', () => {
    expect(told(column({}), column({ unit: 'USD' }))).toEqual([]);
    expect(told(column({ unit: 'USD' }), column({ unit: 'EUR' }))).toEqual([
      'breaking: price.paid now has unit EUR instead of USD',
    ]);
    expect(told(column({ unit: 'USD' }), column({}))).toEqual([
      'breaking: price.paid now has no unit instead of USD',
    ]);
  });

  it('accepts a name for a type that had none', () => {
    const schema = { type: 'string', format: 'uuid' };
    const unnamed = column({ type: 'Json', schema });
    expect(told(unnamed, column({ type: 'UUID', schema }))).toEqual([]);
    const text = column({ type: 'Text', schema: { type: 'string' } });
    expect(told(unnamed, text)).toEqual([
      'breaking: price.paid now has type Text',
    ]);
  });
});
