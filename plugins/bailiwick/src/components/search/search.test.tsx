import { TestApiProvider } from '@backstage/test-utils';
import {
  MockStarredEntitiesApi,
  starredEntitiesApiRef,
} from '@backstage/plugin-catalog-react';
import type {
  SearchQuery,
  SearchResult,
} from '@backstage/plugin-search-common';
import { searchApiRef } from '@backstage/plugin-search-react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactElement } from 'react';
import { useLocation } from 'react-router-dom';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { aRequest, aTenant } from '../../__fixtures__/views';
import { renderPage } from '../../__testUtils__/renderPage';
import { SearchPage } from './SearchPage';
import { SearchPalette } from './SearchPalette';

const results = [
  {
    type: 'bailiwick',
    document: {
      kind: 'column',
      title: 'close_price',
      text: 'Price at the end of the month.',
      location: '/catalog/rates-desk/api/month-end-prices#prices.close_price',
      function: 'prices',
      app: 'Month-end prices',
      tenant: 'Rates desk',
      domain: 'Market',
    },
    highlight: {
      preTag: '<1>',
      postTag: '</1>',
      fields: { title: 'close_<1>price</1>' },
    },
  },
  {
    type: 'software-catalog',
    document: {
      kind: 'Template',
      title: 'Price feed',
      text: 'Monthly prices.',
      location: '/catalog/default/template/market-price-feed',
    },
  },
];

const [priceColumn] = results;

/** A column of another app. */
const otherColumn = {
  ...priceColumn,
  document: {
    ...priceColumn.document,
    title: 'open_price',
    location: '/catalog/credit/api/bonds#prices.open_price',
    app: 'Day prices',
  },
  highlight: {
    ...priceColumn.highlight!,
    fields: { title: 'open_<1>price</1>' },
  },
};

/** Shows the current address. */
function Place() {
  const { hash, pathname } = useLocation();
  return <p data-testid="place">{pathname + hash}</p>;
}

async function render(
  page: ReactElement,
  {
    at = '/search',
    found = results,
    portal = new FakePortal(),
    starred,
  }: {
    at?: string;
    found?: SearchResult[];
    portal?: FakePortal;
    starred?: string;
  } = {},
) {
  const query = jest.fn(async ({ term }: SearchQuery) => ({
    results: term === 'nothing' ? [] : found,
  }));
  const favorites = new MockStarredEntitiesApi();
  if (starred) favorites.toggleStarred(starred);
  await renderPage(
    <TestApiProvider
      apis={[
        [searchApiRef, { query }],
        [starredEntitiesApiRef, favorites],
      ]}
    >
      <Place />
      <input aria-label="Other field" />
      {page}
    </TestApiProvider>,
    portal,
    at,
  );
  return { query, user: userEvent.setup() };
}

describe('the search page', () => {
  it('shows results of the query in the address, with kind, place and matching words', async () => {
    const { query } = await render(<SearchPage />, {
      at: '/search?query=price&kind=column',
    });
    const [column, template] = within(
      await screen.findByRole('list', { name: '2 results' }),
    ).getAllByRole('link');
    expect(column).toHaveTextContent(
      /close_price.*Column.*prices · Month-end prices · Rates desk.*Price at the end/,
    );
    expect(within(column).getByText('price').tagName).toBe('MARK');
    expect(column).toHaveAttribute('href', results[0].document.location);
    expect(template).toHaveTextContent(/Price feed.*Template/);
    expect(query.mock.calls[0][0]).toMatchObject({
      term: 'price',
      types: ['bailiwick'],
      filters: { kind: 'column' },
    });
  });

  describe('for people without membership of the tenant', () => {
    const requestOf = (phase: 'Open' | 'Applied') =>
      aRequest({
        mine: true,
        spec: {
          ...aRequest().spec,
          action: 'grantAccess',
          target: {
            kind: 'App',
            name: 'month-end-prices',
            namespace: 'rates-desk--home',
          },
          proposed: { environment: 'dev' },
        },
        status: { phase },
      });
    const path = '/tenants/rates-desk/apps/month-end-prices/access';
    const stranger = (requests: object[] = [], granted: object[] = []) =>
      new FakePortal()
        .streamsList('/tenants', [])
        .streamsList('/requests', requests)
        .streams('/access', { items: granted })
        .answers(`GET ${path}`, { environments: ['dev'], accesses: [] })
        .answers(`POST ${path}`, {}, 201);
    const at = '/search?query=price';

    it('requests access to the app, by its title', async () => {
      const portal = stranger();
      const { user } = await render(<SearchPage />, { at, portal });
      await user.click(
        await screen.findByRole('button', {
          name: 'Request access to Month-end prices',
        }),
      );
      const dialog = within(
        await screen.findByRole('dialog', {
          name: 'Request access to Month-end prices',
        }),
      );
      await user.type(dialog.getByLabelText(/Reason/), 'A report.');
      await user.click(dialog.getByRole('button', { name: 'Send request' }));
      await waitFor(() =>
        expect(portal.calls).toContainEqual({
          method: 'POST',
          path,
          body: { environment: 'dev', days: 90, reason: 'A report.' },
        }),
      );
    });

    it('marks the other results of the app, and puts readable ones before them', async () => {
      const app = {
        ...priceColumn,
        document: {
          ...priceColumn.document,
          kind: 'app',
          location: '/catalog/rates-desk/component/month-end-prices',
        },
      };
      await render(<SearchPage />, {
        at,
        found: [priceColumn, app, otherColumn],
        portal: stranger().streamsList('/tenants', [
          aTenant({ metadata: { ...aTenant().metadata, name: 'credit' } }),
        ]),
      });
      await screen.findByText('No access');
      const rows = within(
        screen.getByRole('list', { name: '3 results' }),
      ).getAllByRole('listitem');
      expect(rows[0]).toHaveTextContent(/^open_price(?!.*access)/);
      expect(rows[1]).toHaveTextContent(/^close_price.*Request access$/);
      expect(rows[2]).toHaveTextContent(/App.*No access$/);
    });

    it('reports that access is already requested', async () => {
      const portal = stranger([requestOf('Open')]);
      await render(<SearchPage />, { at, portal });
      expect(await screen.findByText('Access requested')).toBeVisible();
      expect(
        screen.queryByRole('button', { name: /^Request access/ }),
      ).toBeNull();
    });

    it.each([
      [
        'to whom it was granted',
        stranger(
          [requestOf('Applied')],
          [{ tenant: 'rates-desk', app: 'month-end-prices' }],
        ),
      ],
      [
        'in the tenant',
        stranger([requestOf('Applied')]).streamsList('/tenants', [aTenant()]),
      ],
    ])('offers nothing to people %s', async (_who, portal) => {
      await render(<SearchPage />, { at, portal });
      await screen.findByRole('list', { name: '2 results' });
      await waitFor(() =>
        expect(
          portal.calls.some(call => call.path === '/access?watch=true'),
        ).toBe(true),
      );
      expect(
        screen.queryByRole('button', { name: /^Request access/ }),
      ).toBeNull();
    });
  });

  it('puts the title that is searched for first', async () => {
    await render(<SearchPage />, { at: '/search?query=price%20feed' });
    const [first] = within(
      await screen.findByRole('list', { name: '2 results' }),
    ).getAllByRole('link');
    expect(first).toHaveTextContent(/Price feed/);
  });

  it('queries once for a word typed at a stretch, and again for another kind', async () => {
    const { query, user } = await render(<SearchPage />);
    await user.type(screen.getByRole('searchbox', { name: 'Search' }), 'price');
    await screen.findByRole('list', { name: '2 results' });
    expect(query).toHaveBeenCalledTimes(1);
    await user.click(screen.getByRole('button', { name: 'Tenants' }));
    await waitFor(() =>
      expect(query).toHaveBeenLastCalledWith(
        expect.objectContaining({ term: 'price', types: ['bailiwick-tenant'] }),
        expect.anything(),
      ),
    );
  });

  it('reports that there are no results', async () => {
    await render(<SearchPage />, { at: '/search?query=nothing' });
    expect(await screen.findByText(/^No results for “nothing”/)).toBeVisible();
  });

  it('shows favorites before a query, without a request', async () => {
    const { query } = await render(<SearchPage />, {
      starred: 'group:default/rates',
    });
    expect(
      within(await screen.findByRole('list', { name: 'Favorites' })).getByRole(
        'link',
      ),
    ).toHaveAttribute('href', '/catalog/default/group/rates');
    expect(query).not.toHaveBeenCalled();
  });
});

describe('the search palette', () => {
  // As in Chromium.
  beforeEach(() => {
    Element.prototype.scrollIntoView = jest.fn(
      () => Promise.resolve() as never,
    );
  });
  afterEach(() => {
    delete (Element.prototype as Partial<Element>).scrollIntoView;
  });

  const field = () => screen.findByRole('combobox', { name: 'Search' });

  it.each(['{Control>}k{/Control}', '{Meta>}k{/Meta}'])(
    'opens with %s, opens a result with arrows and Enter, and remembers it',
    async keys => {
      const { user } = await render(<SearchPalette />);
      await user.keyboard(keys);
      await user.type(await field(), 'price');
      // Results of a part of the word can be replaced, and the selection with them.
      await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull());
      expect(
        await screen.findByRole('option', { selected: true }),
      ).toHaveTextContent('close_price');
      await user.keyboard('{ArrowDown}');
      expect(screen.getByRole('option', { selected: true })).toHaveTextContent(
        'Price feed',
      );
      await user.keyboard('{ArrowDown}');
      expect(screen.getByRole('option', { selected: true })).toHaveTextContent(
        'close_price',
      );
      await user.keyboard('{Enter}');
      expect(screen.getByTestId('place')).toHaveTextContent(
        '/catalog/rates-desk/api/month-end-prices#prices.close_price',
      );
      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());

      await user.keyboard(keys);
      expect(
        within(await screen.findByRole('group', { name: 'Recent' })).getByRole(
          'option',
        ),
      ).toHaveTextContent('close_price');
    },
  );

  it('marks results that the reader cannot read', async () => {
    const { user } = await render(<SearchPalette />, {
      found: [priceColumn],
      portal: new FakePortal()
        .streamsList('/tenants', [])
        .streamsList('/requests', [])
        .streams('/access', { items: [] }),
    });
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await field(), 'price');
    await waitFor(() =>
      expect(
        screen.getByRole('option', { name: /^close_price.*No access$/ }),
      ).toBeVisible(),
    );
  });

  it('sends the typed query, not that of the empty field before', async () => {
    const { query, user } = await render(<SearchPalette />);
    await user.keyboard('{Control>}k{/Control}');
    await user.click(await field());
    await user.paste('price');
    expect(
      await screen.findByRole('option', { selected: true }),
    ).toHaveTextContent('close_price');
    expect(query.mock.calls.map(([{ term }]) => term)).toEqual(['price']);
  });

  it('opens the first result if Enter is pressed before the results arrive', async () => {
    const { user } = await render(<SearchPalette />);
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await field(), 'price{Enter}');
    await waitFor(() =>
      expect(screen.getByTestId('place')).toHaveTextContent(
        '#prices.close_price',
      ),
    );
  });

  it('closes with Escape and returns the focus', async () => {
    const { user } = await render(<SearchPalette />);
    await user.click(screen.getByLabelText('Other field'));
    await user.keyboard('{Control>}k{/Control}');
    expect(await field()).toHaveFocus();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(screen.getByLabelText('Other field')).toHaveFocus();
  });

  it('leaves Ctrl+K to terminals', async () => {
    const { user } = await render(
      <>
        <div className="xterm">
          <textarea aria-label="Terminal" />
        </div>
        <SearchPalette />
      </>,
    );
    await user.click(screen.getByLabelText('Terminal'));
    await user.keyboard('{Control>}k{/Control}');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('opens nothing with Enter while there are no results', async () => {
    const { user } = await render(<SearchPalette />);
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await field(), 'nothing');
    expect(await screen.findByText('No results')).toBeVisible();
    await user.keyboard('{Enter}');
    expect(screen.getByTestId('place')).toHaveTextContent(/^\/search$/);
  });
});
