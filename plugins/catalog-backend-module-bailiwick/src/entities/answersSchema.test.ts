import { marketPack } from '../__fixtures__/objects';
import { answersSchema } from './answersSchema';

describe('answersSchema', () => {
  it('tells the form which choices go with another answer', () => {
    const [stocks, ...others] = marketPack.spec.datasets;
    const [feed] = marketPack.spec.archetypes;
    const symbol = { US: ['AAPL', 'MSFT'], DE: ['SAP'] };
    const where = { country: 'country' };
    const options = { dataset: 'stocks', column: 'symbol', where };
    const asking = {
      ...marketPack,
      spec: {
        ...marketPack.spec,
        datasets: [
          {
            ...stocks,
            optionsBy: { symbol: { country: symbol } },
            labels: { symbol: { AAPL: 'Apple' } },
          },
          ...others,
        ],
        archetypes: [
          {
            ...feed,
            parameters: {
              type: 'object',
              properties: {
                country: { title: 'Country', enum: ['US', 'DE'] },
                share: {
                  type: 'string',
                  title: 'Share',
                  'x-bailiwick': { options },
                },
                shares: {
                  type: 'array',
                  title: 'Shares',
                  items: { type: 'string', 'x-bailiwick': { options } },
                },
              },
            },
          },
        ],
      },
    };
    const { share, shares } = answersSchema(
      asking as typeof marketPack,
      asking.spec.archetypes[0] as typeof feed,
    ).properties;
    const values = ['AAPL', 'MSFT', 'SAP'];
    const field = {
      'ui:field': 'BailiwickChoiceAnswer',
      'ui:options': {
        narrowed: { parameter: 'country', title: 'Country', values: symbol },
      },
    };
    expect(share).toMatchObject({
      enum: values,
      enumNames: ['Apple', 'MSFT', 'SAP'],
      ...field,
    });
    expect(shares).toMatchObject({
      uniqueItems: true,
      items: { enum: values },
      ...field,
    });
    expect(shares).not.toHaveProperty('ui:widget');
    expect(shares.items).not.toHaveProperty('ui:field');
  });
});
