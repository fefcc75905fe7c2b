import {
  anApp,
  aRequest,
  aTenant,
  connectGuide,
  marketPack,
} from '../__fixtures__/objects';
import { buildAppDocuments } from './buildAppDocuments';
import { buildGuideDocuments } from './buildGuideDocuments';
import { buildPackDocuments } from './buildPackDocuments';
import { buildRequestDocument } from './buildRequestDocument';
import { buildTenantDocument } from './buildTenantDocument';

const tenant = aTenant('rates', 'group:default/rates');

describe('documents of an app', () => {
  const documents = buildAppDocuments(anApp('rates'), {
    pack: marketPack,
    tenant,
  });
  const [app, fn, column] = documents;

  it('protects the app by its component, and leads to its page', () => {
    expect(app).toMatchObject({
      kind: 'app',
      title: 'Month ends',
      text: 'Monthly share prices.',
      location: '/catalog/rates/component/month-ends',
      tenant: 'The rates',
      domain: 'Market',
      authorization: { resourceRef: 'component:rates/month-ends' },
    });
  });

  it('protects functions and columns by the API, and leads to them there', () => {
    expect(fn).toMatchObject({
      kind: 'function',
      title: 'prices',
      text: 'Prices at the end of each month.',
      location: '/catalog/rates/api/month-ends#prices',
      app: 'Month ends',
      authorization: { resourceRef: 'api:rates/month-ends' },
    });
    expect(column).toMatchObject({
      kind: 'column',
      title: 'traded_symbol',
      text: 'Share that was traded.',
      location: '/catalog/rates/api/month-ends#prices.traded_symbol',
      function: 'prices',
      authorization: { resourceRef: 'api:rates/month-ends' },
    });
  });

  it('finds columns by the words of their names and types', () => {
    expect(column.keywords.split(' ')).toEqual(
      expect.arrayContaining(['traded', 'TickerSymbol', 'Ticker']),
    );
  });

  it('contains no columns of other environments than the one in the catalog', () => {
    expect(documents).toHaveLength(3);
    expect(JSON.stringify(documents)).not.toContain('unpublished');
  });

  it('contains neither health nor environments', () => {
    expect(JSON.stringify(documents)).not.toMatch(/Healthy|pods ready|"dev"/);
  });

  it('has only the app before its first run', () => {
    const fresh = { ...anApp('rates'), status: undefined };
    expect(buildAppDocuments(fresh, {})).toEqual([
      expect.objectContaining({
        kind: 'app',
        tenant: 'rates',
        domain: 'market',
      }),
    ]);
  });
});

it('documents a pack and its terms, which have distinct locations', () => {
  expect(buildPackDocuments(marketPack)).toEqual([
    expect.objectContaining({
      kind: 'domain',
      title: 'Market',
      text: 'Price feeds.',
      location: '/catalog/packs/domain/market',
    }),
    expect.objectContaining({
      kind: 'term',
      title: 'TickerSymbol',
      location: '/catalog/packs/domain/market#TickerSymbol',
      keywords: 'TickerSymbol Ticker Symbol',
      authorization: { resourceRef: 'domain:packs/market' },
    }),
  ]);
});

it('documents tenants and requests under their own names', () => {
  expect(buildTenantDocument(tenant)).toMatchObject({
    location: '/tenants/rates',
    authorization: { resourceRef: 'rates' },
  });
  const request = aRequest('rates');
  expect(
    buildRequestDocument(request, {
      targetTitle: 'Rates desk',
      tenantTitle: 'Rates desk',
    }),
  ).toMatchObject({ title: 'Renew Rates desk', tenant: 'Rates desk' });
  expect(buildRequestDocument(request)).toMatchObject({
    title: 'Renew rates',
    text: 'Confidential reason.',
    location: '/requests/renew-rates',
    authorization: { resourceRef: 'renew-rates' },
  });
});

it('documents the parts of a guide at their anchors, without a permission', () => {
  const documents = buildGuideDocuments(connectGuide);
  expect(documents).toEqual([
    expect.objectContaining({
      kind: 'docs',
      title: 'Connect',
      text: 'Read data.',
      location: '/docs/connect',
    }),
    expect.objectContaining({
      title: 'Excel',
      text: 'Choose Get data.',
      location: '/docs/connect#excel',
      guide: 'Connect',
      keywords: 'Choose Get data. Then refresh.',
    }),
  ]);
  for (const document of documents)
    expect(document).not.toHaveProperty('authorization');
});

it('returns the same fields for all documents, because Backstage’s in-memory engine uses those of the first one', () => {
  const all = [
    ...buildPackDocuments(marketPack),
    ...buildAppDocuments(anApp('rates'), { tenant }),
    buildTenantDocument(tenant),
    buildRequestDocument(aRequest('rates')),
  ];
  const fields = all.map(document => Object.keys(document).sort().join());
  expect(new Set(fields).size).toBe(1);
});
