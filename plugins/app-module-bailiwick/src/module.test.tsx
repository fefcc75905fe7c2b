import '@testing-library/jest-dom';
import { createRouteRef, PageBlueprint } from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { notificationsApiRef } from '@backstage/plugin-notifications';
import notificationsPlugin from '@backstage/plugin-notifications/alpha';
import { screen, within } from '@testing-library/react';
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

describe('navigation', () => {
  const draw = (unread: number) =>
    renderTestApp({
      features: [notificationsPlugin, appModuleBailiwick],
      extensions: [tenantsPage],
      apis: [
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

  it('leads to the notifications and says how many are unread', async () => {
    draw(3);
    const link = await screen.findByRole('link', {
      name: 'Notifications 3 unread',
    });
    expect(link).toHaveAttribute('href', '/notifications');
    expect(link).toHaveTextContent('Notifications 3');
  }, 60_000);

  it('leads to every other page, too', async () => {
    draw(0);
    const link = await screen.findByRole('link', { name: 'Tenants' });
    expect(link).toHaveAttribute('href', '/tenants');
    expect(screen.getByRole('link', { name: 'Notifications' })).toBeVisible();
  }, 60_000);

  it('frames pages with a header landmark', async () => {
    renderTestApp({
      features: [appModuleBailiwick],
      extensions: [tenantsPage],
      initialRouteEntries: ['/tenants'],
    });
    const header = await screen.findByRole('banner');
    expect(
      within(header).getByRole('heading', { level: 1, name: 'Tenants' }),
    ).toBeInTheDocument();
  }, 60_000);
});
