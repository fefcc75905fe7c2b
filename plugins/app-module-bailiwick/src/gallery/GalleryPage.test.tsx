import '@testing-library/jest-dom';
import { renderTestApp } from '@backstage/frontend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import {
  catalogApiRef,
  MockStarredEntitiesApi,
  starredEntitiesApiRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { usePermission } from '@backstage/plugin-permission-react';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import type { PackView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import { galleryModule } from '../scaffolderModule';
import { archetypeView, packView, templateEntity } from './__fixtures__/packs';

// It caches answers for two seconds, which would last into the next test.
jest.mock('@backstage/plugin-permission-react', () => ({
  ...jest.requireActual('@backstage/plugin-permission-react'),
  usePermission: jest.fn(),
}));

const builder = {
  metadata: { name: 'desk' },
  spec: { title: 'Desk' },
  myRole: 'builder',
};
const sample = {
  function: 'prices',
  rows: [
    { symbol: 'AAPL', date: '2009-01', price: 90 },
    { symbol: 'IBM', date: '2009-01', price: 80 },
  ],
};
const tested = (passed: number, failed: number) => ({
  'price-feed': { passed, failed, sample },
});
const wait = { timeout: 30_000 };

interface World {
  entities?: Entity[];
  isPlatformEngineer?: boolean;
  packs?: PackView[];
  tenants?: object[] | Promise<object[]>;
  path?: string;
}

describe('the gallery', () => {
  beforeEach(() => {
    jest
      .mocked(usePermission)
      .mockReturnValue({ loading: false, allowed: true });
  });

  const starred = new MockStarredEntitiesApi();
  const draw = ({
    entities = [templateEntity()],
    isPlatformEngineer = false,
    packs = [packView()],
    path = '/create/templates',
    tenants = [builder],
  }: World = {}) =>
    renderTestApp({
      features: [scaffolderPlugin, galleryModule],
      initialRouteEntries: [path],
      apis: [
        [catalogApiRef, catalogApiMock({ entities })],
        [starredEntitiesApiRef, starred],
        [
          bailiwickApiRef,
          {
            getMe: async () => ({ platformEngineer: isPlatformEngineer }),
            listPacks: async () => packs,
            listTenants: async () => tenants,
          } as never,
        ],
      ],
    });
  const card = async (title = 'Price feed') => {
    const heading = await screen.findByRole('heading', { name: title }, wait);
    return within(heading.closest<HTMLElement>('[class*="MuiCard-root"]')!);
  };

  it.each([
    ['62 tests passed', tested(62, 0)],
    ['2 of 62 tests failed', tested(60, 2)],
    ['1 test passed', tested(1, 0)],
    ['Not tested', undefined],
    ['Not tested', tested(0, 0)],
    ['Not tested', { 'price-feed': 'all' }],
  ])(
    'shows %s',
    async (words, results) => {
      draw({ packs: [packView(undefined, {}, results)] });
      expect((await card()).getByText(words)).toBeVisible();
    },
    60_000,
  );

  it('shows no tests for a template that is not an archetype, and opens its form', async () => {
    draw({ entities: [templateEntity('website', {}, 'Website')] });
    const website = await card('Website');
    expect(website.queryByText(/tested|tests/)).toBeNull();
    expect(
      screen.getByRole('heading', { name: 'Other templates' }),
    ).toBeVisible();
    expect(
      website.getByRole('button', { name: 'Use template Website' }),
    ).toHaveAttribute('href', '/create/templates/default/website');
  }, 60_000);

  it('shows results and requirements of a template, in a section of its domain', async () => {
    const archetype = archetypeView({
      shape: 'job',
      run: {
        steps: [],
        schedule: '0 6 * * *',
        keep: 1,
        seconds: 1,
        storage: '1Gi',
      },
    });
    draw({
      packs: [
        packView(
          [archetype],
          { presentation: { summary: 'All about prices.' } },
          tested(9, 0),
        ),
      ],
    });
    const feed = await card();
    const market = within(screen.getByRole('region', { name: 'Market' }));
    expect(market.getByText('All about prices.')).toBeVisible();
    expect(feed.getByText('Prices by month.')).toBeVisible();
    expect(feed.getByText('Returns 1 table after each run')).toBeVisible();
    expect(feed.getByText('Needs schedule, 1 GiB storage')).toBeVisible();
    const table = feed.getByRole('table', { name: 'Sample of prices' });
    expect(
      within(table)
        .getAllByRole('row')
        .map(row => row.textContent),
    ).toEqual(['symboldateprice', 'AAPL2009-0190', 'IBM2009-0180']);
    expect(screen.queryByText(/\b(job|dag|mqtt|function)\b/)).toBeNull();
    expect(
      feed.getByRole('button', { name: 'Use template Price feed' }),
    ).toHaveAttribute('href', '/create/templates/default/market-price-feed');
  }, 60_000);

  it('draws a chart of results over time', async () => {
    const rows = ['01', '02', '03', '04'].map((month, price) => ({
      symbol: 'AAPL',
      date: `2009-${month}`,
      price,
    }));
    const results = {
      'price-feed': {
        passed: 1,
        failed: 0,
        sample: { function: 'prices', rows },
      },
    };
    draw({ packs: [packView(undefined, {}, results)] });
    expect(
      (await card()).getByRole('img', {
        name: 'Sample of prices: price by date for AAPL, from 2009-01 to 2009-04',
      }),
    ).toBeVisible();
  }, 60_000);

  it('offers a tenant to newcomers instead of forms, and previews', async () => {
    draw({ tenants: [{ ...builder, myRole: undefined }] });
    const feed = await card();
    const reason = await screen.findByText(/aren’t a member of any tenant/);
    expect(reason).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Request a tenant' }),
    ).toHaveAttribute('href', '/tenants/-/new');
    expect(feed.queryByText('Use template')).toBeNull();
    expect(
      feed.getByRole('button', { name: 'Preview Price feed' }),
    ).toBeEnabled();
  }, 60_000);

  it('does not treat platform engineers without a tenant as newcomers', async () => {
    draw({
      tenants: [{ ...builder, myRole: undefined }],
      isPlatformEngineer: true,
    });
    expect(
      await screen.findByText(/Only builders and owners of a tenant/, {}, wait),
    ).toBeVisible();
    expect(screen.queryByText(/aren’t a member/)).toBeNull();
    expect(screen.queryByText('Use template')).toBeNull();
  }, 60_000);

  it('keeps the tenant that the reader came from, until it is removed', async () => {
    draw({ path: '/create?tenant=desk' });
    const use = (await card()).getByRole('button', {
      name: 'Use template Price feed',
    });
    const chosen = await screen.findByText('New app in Desk', {}, wait);
    expect(use).toHaveAttribute(
      'href',
      `/create/templates/default/market-price-feed?formData=${encodeURIComponent(
        '{"place":{"tenant":"desk"}}',
      )}`,
    );
    fireEvent.keyDown(chosen.parentElement!, { key: 'Delete' });
    fireEvent.keyUp(chosen.parentElement!, { key: 'Delete' });
    await waitFor(() =>
      expect(use).toHaveAttribute(
        'href',
        '/create/templates/default/market-price-feed',
      ),
    );
  }, 60_000);

  it('appears at once, when the tenants of the reader are known', async () => {
    let answer: (tenants: object[]) => void = () => {};
    const tenants = new Promise<object[]>(resolve => {
      answer = resolve;
    });
    draw({ tenants, path: '/create?tenant=desk' });
    expect(
      await screen.findByRole('status', { name: 'Loading' }, wait),
    ).toBeVisible();
    await act(async () => {});
    expect(screen.queryByRole('heading', { name: 'Price feed' })).toBeNull();
    answer([builder]);
    await card();
    expect(screen.getByText('New app in Desk')).toBeVisible();
  }, 60_000);

  it('explains why viewers can’t create apps', async () => {
    draw({ tenants: [{ ...builder, myRole: 'viewer' }] });
    expect(
      await screen.findByText(
        /Only builders and owners can create apps/,
        {},
        wait,
      ),
    ).toBeVisible();
  }, 60_000);

  it('offers no form to people without the right to create apps', async () => {
    jest
      .mocked(usePermission)
      .mockReturnValue({ loading: false, allowed: false });
    draw();
    const feed = await card();
    expect(feed.queryByText('Use template')).toBeNull();
  }, 60_000);

  it('does not list the template for requesting a tenant', async () => {
    draw({
      entities: [
        templateEntity(),
        templateEntity('request-tenant', {}, 'Request a tenant'),
      ],
    });
    await card();
    expect(screen.queryByText('Request a tenant')).toBeNull();
  }, 60_000);

  it('finds templates by column and by domain, and shows favorites', async () => {
    const rates = archetypeView({
      name: 'rates',
      title: 'Rates',
      contract: { functions: [] },
    });
    draw({
      entities: [
        templateEntity(),
        templateEntity('market-rates', {}, 'Rates'),
        templateEntity('website', {}, 'Website'),
      ],
      packs: [packView([archetypeView(), rates])],
    });
    await card();
    const titles = () =>
      screen
        .queryAllByRole('heading', { level: 3 })
        .map(({ textContent }) => textContent);
    expect(titles()).toEqual(['Price feed', 'Rates', 'Website']);
    const search = screen.getByRole('searchbox', { name: 'Search templates' });
    fireEvent.change(search, { target: { value: 'symbol' } });
    await waitFor(() => expect(titles()).toEqual(['Price feed']));
    fireEvent.change(search, { target: { value: '' } });
    fireEvent.click(screen.getByRole('button', { name: 'Market' }));
    await waitFor(() => expect(titles()).toEqual(['Price feed', 'Rates']));
    fireEvent.click(screen.getByRole('button', { name: 'Favorites' }));
    await screen.findByText('No templates match the filters.');
    starred.toggleStarred('template:default/market-rates');
    await waitFor(() => expect(titles()).toEqual(['Rates']));
  }, 60_000);

  it('previews rows, inputs and files', async () => {
    draw({ packs: [packView(undefined, {}, tested(9, 0))] });
    fireEvent.click(
      (await card()).getByRole('button', { name: 'Preview Price feed' }),
    );
    const preview = within(
      await screen.findByRole('dialog', { name: 'Price feed' }),
    );
    expect(preview.getByText('A preview creates nothing.')).toBeVisible();
    expect(
      preview.getByRole('region', { name: 'Rows of prices' }),
    ).toHaveTextContent('AAPL');
    expect(preview.getByText('Default: AAPL')).toBeVisible();
    expect(preview.getByText('functions.py')).toBeVisible();
    expect(
      preview.getByRole('button', { name: 'Use template' }),
    ).toHaveAttribute('href', '/create/templates/default/market-price-feed');
  }, 60_000);

  it('opens a preview by its address', async () => {
    draw({ path: '/create/templates?preview=market-price-feed' });
    expect(
      await screen.findByRole('dialog', { name: 'Price feed' }, wait),
    ).toBeVisible();
  }, 60_000);
});
