import '@testing-library/jest-dom';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { notificationsApiRef } from '@backstage/plugin-notifications';
import notificationsPlugin from '@backstage/plugin-notifications/alpha';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { notificationsModule } from '../notificationsModule';

const pending = {
  id: '1',
  user: 'user:default/pia',
  created: new Date().toISOString(),
  origin: 'plugin:bailiwick',
  payload: {
    title: 'Pending your approval: New tenant',
    description: 'Requested by Rita Rates.',
    link: '/requests?request=r1',
    severity: 'normal',
    topic: 'decisions',
  },
};

describe('NotificationsPage', () => {
  const getNotifications = jest.fn();
  const updateNotifications = jest.fn(async () => []);
  const render = (at = '/notifications') =>
    renderTestApp({
      features: [notificationsPlugin, notificationsModule],
      apis: [
        [
          notificationsApiRef,
          {
            getNotifications,
            getStatus: async () => ({ unread: 1, read: 0 }),
            getTopics: async () => ({ topics: ['decisions'] }),
            updateNotifications,
          } as never,
        ],
      ],
      initialRouteEntries: [at],
    });
  beforeEach(() => {
    jest.clearAllMocks();
    getNotifications.mockResolvedValue({
      notifications: [pending],
      totalCount: 1,
    });
  });

  it('shows topics by their titles, and marks a notification as read', async () => {
    render();
    const list = await screen.findByRole('list', { name: 'Notifications' });
    expect(within(list).getByText(/^Requests to approve ·/)).toBeVisible();
    expect(screen.queryByText(/plugin:bailiwick|decisions/)).toBeNull();
    expect(
      within(list).getByRole('link', { name: pending.payload.title }),
    ).toHaveAttribute('href', '/requests?request=r1');
    fireEvent.click(
      within(list).getByRole('button', { name: /^Mark as read/ }),
    );
    expect(updateNotifications).toHaveBeenCalledWith({
      ids: ['1'],
      read: true,
    });
  }, 60_000);

  it('reads the filter from the address, and offers a way out of an empty view', async () => {
    getNotifications.mockResolvedValue({ notifications: [], totalCount: 0 });
    render('/notifications?view=saved');
    expect(await screen.findByText('No saved notifications')).toBeVisible();
    expect(getNotifications).toHaveBeenLastCalledWith(
      expect.objectContaining({ saved: true }),
    );
    fireEvent.click(screen.getByRole('button', { name: 'Show all' }));
    expect(await screen.findByText('No notifications yet')).toBeVisible();
    await waitFor(() =>
      expect(getNotifications).toHaveBeenLastCalledWith(
        expect.not.objectContaining({ saved: true }),
      ),
    );
  }, 60_000);
});
