import { BadODataError, NotImplementedError } from './errors';
import { readQueryOptions } from './queryOptions';

const read = (query: string) => readQueryOptions(new URLSearchParams(query));

describe('readQueryOptions', () => {
  it('reads options as Power Query sends them', () => {
    const options = read(
      "?$filter=ContactTitle%20eq%20'Sales%20Representative'&$select=CustomerID%2CCountry&$orderby=Country%20desc,CustomerID&$top=10&$skip=20&$count=true",
    );
    expect(options).toMatchObject({
      filter: {
        kind: 'binary',
        operator: 'eq',
        right: { text: 'Sales Representative' },
      },
      select: ['CustomerID', 'Country'],
      orderBy: [
        { expression: { name: 'Country' }, isDescending: true },
        { expression: { name: 'CustomerID' }, isDescending: false },
      ],
      top: 10,
      skip: 20,
      count: true,
      custom: [],
    });
  });

  it('keeps options of clients and aliases apart', () => {
    const options = read("?api_key=1&$filter=a eq @x&@x='1'&symbols=A");
    expect(options.custom).toEqual([
      ['api_key', '1'],
      ['symbols', 'A'],
    ]);
    expect(options.filter).toMatchObject({ right: { text: '1' } });
  });

  it('splits $orderby only outside of texts and calls', () => {
    const { orderBy } = read("?$orderby=concat(a,',') desc, b asc");
    expect(orderBy).toMatchObject([
      { expression: { name: 'concat' }, isDescending: true },
      { expression: { name: 'b' }, isDescending: false },
    ]);
  });

  it('treats $top beyond all tables as all rows', () => {
    expect(read('?$top=1000000000000000000').top).toBe(Number.MAX_SAFE_INTEGER);
    expect(read('?$select=*').select).toBeUndefined();
  });

  it.each(['$apply', '$search', '$compute', '$expand', '$Filter'])(
    'does not support %s',
    name => expect(() => read(`?${name}=x`)).toThrow(NotImplementedError),
  );

  it.each([
    ['$unknown=1', 'There is no option $unknown'],
    ['$top=1e18', '$top must be a whole number of at least 0, got "1e18"'],
    ['$top=-1', '$top must be a whole number'],
    ['$skip=', '$skip must be a whole number'],
    ['$count=yes', '$count must be true or false'],
    ['$select=a,,b', '$select must be names'],
    ['$top=1&$top=2', '$top is repeated; send it once'],
    ['$orderby=', 'expected a value'],
    ['$orderby=a sideways', 'expected the end'],
  ])('rejects %s', (query, message) => {
    expect(() => read(`?${query}`)).toThrow(BadODataError);
    expect(() => read(`?${query}`)).toThrow(message);
  });
});
