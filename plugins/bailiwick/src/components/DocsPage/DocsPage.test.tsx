import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import { createExamplePortal } from '../../__fixtures__/examplePortal';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { renderPage } from '../../__testUtils__/renderPage';
import { DocsRoutes } from './DocsRoutes';

const open = (at: string, portal = createExamplePortal()) =>
  renderPage(
    <Routes>
      <Route path="/docs/*" element={<DocsRoutes />} />
    </Routes>,
    portal,
    at,
  );

describe('the list of guides', () => {
  it('has sections with links and sentences', async () => {
    await open('/docs');
    const list = within(
      await screen.findByRole('list', { name: 'Apps and data' }),
    );
    expect(
      list.getByRole('link', { name: 'Read data in BI tools' }),
    ).toHaveAttribute('href', '/docs/connect');
    expect(list.getByText('Read the tables of an app.')).toBeVisible();
    expect(
      screen.getAllByRole('heading').map(({ textContent }) => textContent),
    ).toEqual(['Docs', 'Apps and data', 'Platform']);
  });

  it('explains that the portal has none', async () => {
    await open('/docs', new FakePortal().answers('GET /docs', { items: [] }));
    expect(await screen.findByText('No guides')).toBeVisible();
  });

  it('loads again after an error', async () => {
    const portal = new FakePortal().answers('GET /docs', 'Too busy.', 503);
    await open('/docs', portal);
    expect(await screen.findByText('Too busy.')).toBeVisible();
    portal.answers('GET /docs', { items: [] });
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('No guides')).toBeVisible();
  });
});

describe('a guide', () => {
  const link = (name: string | RegExp) => screen.queryByRole('link', { name });
  const scrolledTo = jest.fn();
  beforeEach(() => {
    scrolledTo.mockReset();
    Element.prototype.scrollIntoView = function scrollIntoView() {
      scrolledTo(this.textContent);
    };
  });
  afterEach(() => {
    delete (Element.prototype as Partial<Element>).scrollIntoView;
  });

  it('has one heading of level 1, and those of its parts below', async () => {
    await open('/docs/connect');
    await screen.findByRole('heading', { level: 2, name: 'Tools' });
    expect(
      screen.getByRole('heading', { level: 1, name: 'Read data in BI tools' }),
    ).toBeVisible();
    expect(screen.getAllByRole('heading', { level: 1 })).toHaveLength(1);
    expect(
      screen.getByRole('heading', { level: 3, name: 'Programs' }),
    ).toBeVisible();
    await waitFor(() =>
      expect(document.title).toMatch(/^Read data in BI tools/),
    );
  });

  it('has tables, and code without highlighting', async () => {
    await open('/docs/connect');
    expect(await screen.findByRole('cell', { name: 'OData' })).toBeVisible();
    expect(screen.getByText('curl "$FEED/prices"').tagName).toBe('CODE');
  });

  it('links to other guides in the portal, and not to other files', async () => {
    await open('/docs/connect');
    await screen.findByRole('link', { name: 'user guide' });
    expect(link('user guide')).toHaveAttribute(
      'href',
      '/docs/user-guide#get-a-tenant',
    );
    expect(link('your tool')).toHaveAttribute('href', '/docs/connect#tools');
    expect(link(/^OData/)).toHaveAttribute('href', 'https://odata.test/');
    expect(link('gateway')).toBeNull();
    expect(screen.getByText(/the gateway or/)).toBeVisible();
  });

  it('shows the part that the address names, and the one chosen from the contents', async () => {
    await open('/docs/connect#programs');
    await waitFor(() => expect(scrolledTo).toHaveBeenCalledWith('Programs'));
    const contents = within(
      screen.getByRole('navigation', { name: 'On this page' }),
    );
    await userEvent.click(contents.getByRole('link', { name: 'Tools' }));
    await waitFor(() => expect(scrolledTo).toHaveBeenLastCalledWith('Tools'));
  });

  it('leads back from a name without a guide', async () => {
    await open('/docs/unknown');
    expect(await screen.findByText('Guide not found')).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'View all guides' }),
    ).toHaveAttribute('href', '/docs');
  });
});
