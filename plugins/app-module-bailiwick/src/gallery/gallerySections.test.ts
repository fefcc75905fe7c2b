import { archetypeView, packView, templateEntity } from './__fixtures__/packs';
import {
  filterSections,
  gallerySections,
  matchesSearch,
} from './gallerySections';

const other = templateEntity('website', {}, 'Website');
const tenant = templateEntity('request-tenant', {}, 'Request a tenant');

describe('gallerySections', () => {
  it('groups templates by domain, in the order of the pack, and leaves out the one for tenants', () => {
    const market = packView(
      [
        archetypeView({ name: 'rates', title: 'Rates' }),
        archetypeView({ name: 'price-feed' }),
        archetypeView({ name: 'not-in-the-catalog' }),
      ],
      {
        presentation: {
          icon: '<svg/>',
          colour: 'teal',
          summary: 'All about prices.',
        },
      },
    );
    const plants = { ...packView([archetypeView({ name: 'beds' })]) };
    plants.metadata = { name: 'plants' };
    plants.spec = { ...plants.spec, title: 'Gardens', description: 'Beds.' };
    const sections = gallerySections(
      [
        tenant,
        other,
        templateEntity(),
        templateEntity('market-rates'),
        templateEntity('plants-beds'),
      ],
      [market, plants],
    );
    expect(
      sections.map(({ templates, ...rest }) => ({
        ...rest,
        templates: templates.map(({ ref }) => ref),
      })),
    ).toEqual([
      {
        name: 'plants',
        title: 'Gardens',
        summary: 'Beds.',
        templates: ['template:default/plants-beds'],
      },
      {
        name: 'market',
        title: 'Market',
        summary: 'All about prices.',
        colour: 'teal',
        icon: '<svg/>',
        templates: [
          'template:default/market-rates',
          'template:default/market-price-feed',
        ],
      },
      {
        name: '',
        title: 'Other templates',
        summary: expect.any(String),
        templates: ['template:default/website'],
      },
    ]);
  });

  it('has no sections without templates', () => {
    expect(gallerySections([tenant], [packView()])).toEqual([]);
  });

  const madeOf = (archetype = archetypeView(), tested?: object) =>
    gallerySections([templateEntity()], [packView([archetype], {}, tested)])[0]
      .templates[0].made!;

  it('draws the rows that a test returned', () => {
    const sample = {
      function: 'prices',
      rows: [{ date: '2009-01', price: 3, symbol: 'A' }],
    };
    const {
      picture,
      sample: ordered,
      results,
    } = madeOf(archetypeView({ example: [{ symbol: 'B' }] }), {
      'price-feed': { passed: 9, failed: 1, sample },
    });
    expect(results).toMatchObject({ passed: 9, failed: 1 });
    expect(Object.keys(ordered!.rows[0])).toEqual(['symbol', 'date', 'price']);
    expect(picture).toEqual({
      kind: 'table',
      columns: ['symbol', 'date', 'price'],
      rows: [['A', '2009-01', 3]],
    });
  });

  it('draws the example of a pack that was not tested', () => {
    const { picture, sample, results } = madeOf(
      archetypeView({ example: [{ symbol: 'B', price: 1 }] }),
    );
    expect(results).toBeUndefined();
    expect(sample?.function).toBe('prices');
    expect(picture).toMatchObject({ rows: [['B', 1]] });
  });

  it('shows the columns when there are no rows', () => {
    expect(madeOf().picture).toEqual({
      kind: 'table',
      columns: ['symbol', 'date', 'price'],
      rows: [],
    });
  });
});

describe('matchesSearch', () => {
  const sections = gallerySections([templateEntity(), other], [packView()]);
  it.each([
    ['price', ['Price feed']],
    ['PRICE feed', ['Price feed']],
    ['market', ['Price feed']],
    ['symbol', ['Price feed']],
    ['web', ['Website']],
    ['', ['Price feed', 'Website']],
    ['nothing', []],
  ])('finds by %j', (search, titles) => {
    const found = filterSections(sections, (template, section) =>
      matchesSearch(template, section, search),
    );
    expect(
      found.flatMap(({ templates }) => templates.map(({ title }) => title)),
    ).toEqual(titles);
  });
});
