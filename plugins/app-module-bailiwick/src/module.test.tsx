import '@testing-library/jest-dom';
import {
  createFrontendPlugin,
  createRouteRef,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { notificationsApiRef } from '@backstage/plugin-notifications';
import notificationsPlugin from '@backstage/plugin-notifications/alpha';
import { BailiwickClient } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import { appModuleBailiwick } from './module';

const tenantsPage = PageBlueprint.make({
  params: {
    path: '/tenants',
    title: 'Tenants',
    icon: <span>icon</span>,
    routeRef: createRouteRef(),
    loader: async () => <p>All tenants</p>,
  },
});

const requestsPlugin = createFrontendPlugin({
  pluginId: 'bailiwick',
  extensions: [
    PageBlueprint.make({
      name: 'requests',
      params: {
        path: '/requests',
        title: 'Requests',
        icon: <span>icon</span>,
        routeRef: createRouteRef(),
        loader: async () => <p>All requests</p>,
      },
    }),
  ],
});

/** A client whose watched list the test sends. */
function openList() {
  let stream: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({
    start: opened => {
      stream = opened;
    },
  });
  const client = new BailiwickClient({
    discoveryApi: { getBaseUrl: async () => '' },
    fetchApi: { fetch: async () => new Response(body) },
  });
  const send = (message: object) =>
    act(async () =>
      stream.enqueue(
        new TextEncoder().encode(`data: ${JSON.stringify(message)}\n\n`),
      ),
    );
  return { client, send };
}

describe('navigation', () => {
  const draw = (unread: number, requests = openList()) =>
    renderTestApp({
      features: [notificationsPlugin, requestsPlugin, appModuleBailiwick],
      extensions: [tenantsPage],
      apis: [
        [bailiwickApiRef, requests.client],
        [
          notificationsApiRef,
          {
            getStatus: async () => ({ unread, read: 1 }),
            getNotifications: async () => ({
              notifications: [],
              totalCount: 0,
            }),
          },
        ],
      ],
    });

  it('links to the notifications with the number of unread ones', async () => {
    draw(3);
    const link = await screen.findByRole('link', {
      name: 'Notifications 3 unread',
    });
    expect(link).toHaveAttribute('href', '/notifications');
    expect(link).toHaveTextContent('Notifications 3');
  }, 60_000);

  it('counts the requests that the reader can decide, and follows them', async () => {
    const requests = openList();
    draw(0, requests);
    expect(await screen.findByRole('link', { name: 'Requests' })).toBeVisible();
    const request = (name: string, canDecide: boolean) => ({
      metadata: { name },
      canDecide,
    });
    await requests.send({
      type: 'snapshot',
      items: [request('a', true), request('b', true), request('c', false)],
    });
    const link = await screen.findByRole('link', {
      name: 'Requests 2 pending your approval',
    });
    expect(link).toHaveTextContent('Requests 2');
    await requests.send({ type: 'changed', item: request('a', false) });
    await requests.send({ type: 'changed', item: request('b', false) });
    expect(await screen.findByRole('link', { name: 'Requests' })).toBeVisible();
  }, 60_000);

  it('leads to every other page, too', async () => {
    draw(0);
    const link = await screen.findByRole('link', { name: 'Tenants' });
    expect(link).toHaveAttribute('href', '/tenants');
    expect(screen.getByRole('link', { name: 'Notifications' })).toBeVisible();
  }, 60_000);

  it('frames pages with a header landmark, and puts their title on the tab', async () => {
    renderTestApp({
      features: [appModuleBailiwick],
      extensions: [tenantsPage],
      initialRouteEntries: ['/tenants'],
    });
    const header = await screen.findByRole('banner');
    expect(
      within(header).getByRole('heading', { level: 1, name: 'Tenants' }),
    ).toBeInTheDocument();
    await waitFor(() => expect(document.title).toMatch(/^Tenants \| ./));
  }, 60_000);

  it('leads on from an address without a page', async () => {
    renderTestApp({
      features: [appModuleBailiwick],
      extensions: [tenantsPage],
      initialRouteEntries: ['/nowhere'],
    });
    expect(
      await screen.findByRole('heading', { level: 1, name: 'Page not found' }),
    ).toBeVisible();
    // Material UI gives links that look like buttons the role of a button.
    expect(screen.getByRole('button', { name: 'Search' })).toHaveAttribute(
      'href',
      '/search',
    );
    expect(screen.getByRole('button', { name: 'Go to home' })).toBeVisible();
    await waitFor(() => expect(document.title).toMatch(/^Page not found \| ./));
  }, 60_000);

  describe('a page that fails', () => {
    const failing = (error: Error) => {
      let isFixed = false;
      const Failing = () => {
        if (!isFixed) throw error;
        return <p>Fixed</p>;
      };
      jest.spyOn(console, 'error').mockImplementation();
      renderTestApp({
        features: [appModuleBailiwick],
        extensions: [
          PageBlueprint.make({
            params: {
              path: '/failing',
              title: 'Failing',
              routeRef: createRouteRef(),
              loader: async () => <Failing />,
            },
          }),
        ],
        initialRouteEntries: ['/failing'],
      });
      return () => {
        isFixed = true;
      };
    };
    afterEach(() => jest.restoreAllMocks());

    it('says so, folds the details, and is drawn again', async () => {
      const fix = failing(new Error('No rows'));
      expect(
        await screen.findByText('This part of the page failed'),
      ).toBeVisible();
      expect(screen.getByText(/Error: No rows/)).not.toBeVisible();
      fix();
      fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
      expect(await screen.findByText('Fixed')).toBeVisible();
    }, 60_000);

    it('asks for a reload when its code cannot be loaded', async () => {
      const error = new Error('Loading chunk 7 failed.');
      error.name = 'ChunkLoadError';
      failing(error);
      expect(
        await screen.findByText('This page can’t be loaded'),
      ).toBeVisible();
      expect(screen.getByRole('button', { name: 'Reload page' })).toBeVisible();
      expect(screen.queryByText(/Loading chunk/)).toBeNull();
    }, 60_000);
  });

  it('names the selected tab of a page as the label of its content', async () => {
    const pages = ['First', 'Second'].map(title =>
      SubPageBlueprint.make({
        name: title.toLowerCase(),
        attachTo: { id: 'page:tabbed', input: 'pages' },
        params: {
          path: title.toLowerCase(),
          title,
          loader: async () => <p>{title} content</p>,
        },
      }),
    );
    renderTestApp({
      features: [
        appModuleBailiwick,
        createFrontendPlugin({
          pluginId: 'tabbed',
          extensions: [
            PageBlueprint.make({
              params: { path: '/tabbed', title: 'Tabbed' },
            }),
            ...pages,
          ],
        }),
      ],
      initialRouteEntries: ['/tabbed/second'],
    });
    const content = await screen.findByText('Second content');
    const panel = await screen.findByRole('tabpanel', { name: 'Second' });
    expect(panel).toContainElement(content);
    expect(screen.getByRole('main')).toContainElement(panel);
    expect(screen.getByRole('tab', { name: 'Second' })).toHaveAttribute(
      'aria-controls',
      panel.id,
    );
  }, 60_000);
});
