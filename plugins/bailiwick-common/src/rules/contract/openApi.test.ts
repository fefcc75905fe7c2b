import type { Contract } from '../../kinds';
import { contractToOpenApi } from './openApi';

const contract: Contract = {
  functions: [
    {
      name: 'prices',
      title: 'Prices',
      description: 'Monthly prices.',
      parameters: {
        type: 'object',
        required: ['symbols'],
        properties: {
          symbols: {
            type: 'array',
            items: { type: 'string' },
            description: 'Which shares.',
          },
          start: { type: 'string', format: 'date' },
        },
      },
      result: {
        kind: 'table',
        key: ['symbol'],
        columns: [
          { name: 'symbol', type: 'Symbol', schema: { type: 'string' } },
          {
            name: 'change',
            type: 'Return',
            description: 'Against the month before.',
            unit: 'ratio',
            edm: 'Edm.Decimal(9,6)',
            excel: '0.0%',
            nullable: true,
            schema: { type: 'number' },
          },
        ],
      },
    },
    {
      name: 'mean',
      parameters: {},
      result: { kind: 'value', schema: { type: 'number' } },
    },
  ],
};

const options = {
  title: 'Month-end prices',
  version: '3f9c1e2',
  server: 'https://feeds.example.com/v1/rates-desk/prod/month-end-prices',
};

describe('contractToOpenApi', () => {
  const document = contractToOpenApi(contract, options);
  const { parameters, responses } = document.paths['/prices'].get as any;

  it('names the app and where it is served', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(document.info).toEqual({
      title: options.title,
      version: options.version,
    });
    expect(document.servers).toEqual([{ url: options.server }]);
  });

  it('makes each parameter a query parameter, with repeated arrays', () => {
    expect(parameters).toEqual([
      expect.objectContaining({
        name: 'symbols',
        in: 'query',
        required: true,
        explode: true,
        description: 'Which shares.',
      }),
      expect.objectContaining({
        name: 'start',
        required: false,
        schema: { type: 'string', format: 'date' },
      }),
    ]);
  });

  it('keeps the order in which the author wrote the parameters', () => {
    const [prices] = contract.functions;
    const ordered = {
      ...prices.parameters,
      'x-bailiwick': { order: ['start', 'symbols'] },
    };
    const { paths } = contractToOpenApi(
      { functions: [{ ...prices, parameters: ordered }] },
      options,
    );
    const names = (paths['/prices'].get.parameters as any[]).map(it => it.name);
    expect(names).toEqual(['start', 'symbols']);
  });

  it('describes rows by the columns, with unit and null', () => {
    const { schema } = responses[200].content['application/json'];
    const row = schema.properties.rows.items;
    expect(row.required).toEqual(['symbol', 'change']);
    expect(row.properties.change).toEqual({
      anyOf: [{ type: 'number' }, { type: 'null' }],
      description: 'Against the month before. Unit: ratio.',
      'x-bailiwick': { edm: 'Edm.Decimal(9,6)', excel: '0.0%' },
    });
  });

  it('keeps word and unit of a column beside its type in OData and its format', () => {
    const column = {
      name: 'price',
      type: 'Money',
      edm: 'Edm.Decimal(9,2)',
      excel: '0.00',
      schema: {
        type: 'number',
        'x-bailiwick': { vocabulary: 'Money', unit: 'EUR' },
      },
    };
    const { paths } = contractToOpenApi(
      {
        functions: [
          {
            name: 'prices',
            parameters: {},
            result: { kind: 'table', columns: [column] },
          },
        ],
      },
      options,
    );
    const { 200: ok } = paths['/prices'].get.responses as any;
    const { rows } = ok.content['application/json'].schema.properties;
    expect(rows.items.properties.price['x-bailiwick']).toEqual({
      vocabulary: 'Money',
      unit: 'EUR',
      edm: 'Edm.Decimal(9,2)',
      excel: '0.00',
    });
  });

  it('offers CSV for tables only, and only where it is delivered', () => {
    expect(Object.keys(responses[200].content)).toContain('text/csv');
    const value = document.paths['/mean'].get.responses as any;
    expect(Object.keys(value[200].content)).toEqual(['application/json']);
    const withoutCsv = contractToOpenApi(contract, { ...options, csv: false });
    const table = withoutCsv.paths['/prices'].get.responses as any;
    expect(Object.keys(table[200].content)).not.toContain('text/csv');
  });

  it('offers the stream of a function that has one, and where to go on', () => {
    const [prices] = contract.functions;
    const ticks = { ...prices, result: { ...prices.result, kind: 'stream' } };
    const { paths } = contractToOpenApi(
      { functions: [ticks] } as Contract,
      options,
    );
    const stream = paths['/prices'].get as any;
    expect(Object.keys(stream.responses[200].content)).toEqual([
      'application/json',
      'application/x-ndjson',
      'text/csv',
      'text/event-stream',
    ]);
    expect(stream.parameters.at(-1)).toMatchObject({
      name: 'Last-Event-ID',
      in: 'header',
    });
    expect(parameters.map((it: any) => it.in)).not.toContain('header');
  });

  it('references only existing responses and schemas', () => {
    const references = [
      ...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g),
    ].map(([, path]) => path);
    expect(references).not.toHaveLength(0);
    for (const path of references) {
      const target = path
        .split('/')
        .reduce<any>((node, key) => node?.[key], document);
      expect({ path, target }).toEqual({ path, target: expect.any(Object) });
    }
  });

  it('accepts the token by HTTP Basic or as a bearer token', () => {
    expect(document.security).toEqual([{ token: [] }, { bearer: [] }]);
    expect(document.components.securitySchemes).toMatchObject({
      token: { type: 'http', scheme: 'basic' },
      bearer: { type: 'http', scheme: 'bearer' },
    });
  });
});
