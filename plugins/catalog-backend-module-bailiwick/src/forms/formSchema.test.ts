import { marketPack } from '../__fixtures__/objects';
import { formSchema } from './formSchema';

describe('formSchema', () => {
  it('passes dependent choices to the form', () => {
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
    const { share, shares } = formSchema(
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

  it('passes the formats of texts to the form', () => {
    const [feed] = marketPack.spec.archetypes;
    const parameters = {
      type: 'object',
      properties: {
        since: { title: 'Since', type: 'string', format: 'month' },
        day: { title: 'Day', type: 'string', format: 'date' },
        moment: { title: 'Moment', type: 'string', format: 'date-time' },
      },
    };
    const { day, moment, since } = formSchema(marketPack, {
      ...feed,
      parameters,
    }).properties;
    expect(since).toMatchObject({
      pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$',
      textFormat: 'month',
      errorMessage: { pattern: 'must be a month such as 2026-02' },
      'ui:field': 'BailiwickTextAnswer',
    });
    expect(since).not.toHaveProperty('format');
    expect(day.format).toBe('date');
    expect(moment.textFormat).toBe('date-time');
    expect('2026-02-05T18:00:00Z').toMatch(new RegExp(moment.pattern));
    expect('2026-02-05T18:00:00').not.toMatch(new RegExp(moment.pattern));
  });
});
