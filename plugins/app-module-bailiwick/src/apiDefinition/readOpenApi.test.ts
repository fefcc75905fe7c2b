import { contractToOpenApi } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { readOpenApi } from './readOpenApi';

const definition = contractToOpenApi(
  {
    functions: [
      {
        name: 'prices',
        description: 'Monthly prices\nof shares.\n\nIn US dollars.',
        parameters: {
          type: 'object',
          required: ['start'],
          properties: {
            start: { type: 'string', description: 'First month.' },
            symbols: {
              type: 'array',
              items: { type: 'string' },
              default: ['AAPL', 'IBM'],
            },
            end: { type: 'string', default: null },
          },
        },
        result: {
          kind: 'table',
          columns: [
            {
              name: 'price',
              type: 'Money',
              description: 'Closing price.',
              unit: 'USD',
              schema: { type: 'number' },
            },
          ],
        },
      },
      {
        name: 'mean',
        title: 'Mean price',
        parameters: {},
        result: { kind: 'value', schema: { type: 'number' } },
      },
    ],
  },
  {
    title: 'Prices',
    version: 'r7',
    server: 'https://feeds.example.com/v1/desk/prod/prices',
  },
);

describe('readOpenApi', () => {
  const document = readOpenApi(JSON.stringify(definition));
  const [prices, mean] = document.operations;

  it('reads address, version and sign-in', () => {
    expect(document).toMatchObject({
      server: 'https://feeds.example.com/v1/desk/prod/prices',
      version: 'r7',
      signIn: expect.stringMatching(/password is an API token/),
    });
  });

  it('joins lines of a paragraph', () => {
    expect(prices.name).toBe('GET /prices');
    expect(prices.description).toEqual([
      'Monthly prices of shares.',
      'In US dollars.',
    ]);
    expect(mean.description).toEqual(['Mean price']);
  });

  it('describes parameters with default, and which are required', () => {
    expect(prices.parameters).toEqual([
      { name: 'start', meaning: 'First month. Required.', type: 'text' },
      { name: 'symbols', meaning: 'Default: AAPL, IBM.', type: 'list of text' },
      { name: 'end', meaning: '', type: 'text' },
    ]);
  });

  it('describes columns of a table, and a value', () => {
    expect(prices.columns).toEqual([
      { name: 'price', meaning: 'Closing price. Unit: USD.', type: 'number' },
    ]);
    expect(mean.columns).toEqual([
      { name: 'value', meaning: '', type: 'number' },
    ]);
    expect(prices.formats).toEqual(
      expect.arrayContaining(['JSON', 'CSV', 'Excel']),
    );
  });

  it('names the meaning of each status code', () => {
    expect(prices.responses[0]).toEqual(['200', 'The result.']);
    expect(prices.responses).toContainEqual([
      '429',
      'Too many calls; see Retry-After.',
    ]);
  });

  it('refuses text that is no JSON', () => {
    expect(() => readOpenApi('openapi: 3.1.0')).toThrow(SyntaxError);
  });
});
