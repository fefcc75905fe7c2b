import { NotAcceptableError } from '../errors';
import { splitSuffix } from './suffixes';

describe('splitSuffix', () => {
  it.each([
    ['prices', 'prices', undefined],
    ['prices.csv', 'prices', 'text/csv'],
    ['prices.CSV', 'prices', 'text/csv'],
    ['prices.json', 'prices', 'application/json'],
    ['prices.jsonl', 'prices', 'application/x-ndjson'],
    ['.csv', '', 'text/csv'],
  ])('splits %s', (name, fn, format) => {
    expect(splitSuffix(name)).toEqual({ fn, ...(format && { format }) });
  });

  it.each(['prices.xls', 'prices.', 'prices.csv.gz', 'prices.constructor'])(
    'rejects %s with the known suffixes',
    name => {
      expect(() => splitSuffix(name)).toThrow(NotAcceptableError);
      expect(() => splitSuffix(name)).toThrow('.json, .jsonl, .xlsx, .csv');
    },
  );
});
