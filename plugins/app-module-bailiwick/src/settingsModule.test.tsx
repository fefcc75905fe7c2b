import '@testing-library/jest-dom';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { notificationsApiRef } from '@backstage/plugin-notifications';
import notificationsPlugin from '@backstage/plugin-notifications/alpha';
import userSettingsPlugin from '@backstage/plugin-user-settings/alpha';
import { fireEvent, screen, within } from '@testing-library/react';
import { settingsModule } from './settingsModule';

const origins = [
  {
    id: 'plugin:bailiwick',
    enabled: true,
    topics: [{ id: 'decisions', enabled: true }],
  },
];

describe('notification settings', () => {
  it('turn a topic off for one channel', async () => {
    const updateNotificationSettings = jest.fn(async settings => settings);
    renderTestApp({
      features: [notificationsPlugin, userSettingsPlugin, settingsModule],
      apis: [
        [
          notificationsApiRef,
          {
            getStatus: async () => ({ unread: 0, read: 0 }),
            getNotificationSettings: async () => ({
              channels: ['Web', 'Email'].map(id => ({ id, origins })),
            }),
            updateNotificationSettings,
          } as never,
        ],
      ],
      initialRouteEntries: ['/settings/notifications'],
    });
    expect(await screen.findByText('Tenants and requests')).toBeVisible();
    fireEvent.click(screen.getByRole('button', { name: 'expand row' }));
    const topic = screen.getByText('Requests to approve').closest('tr')!;
    const [, email] = within(topic).getAllByRole('switch');
    fireEvent.click(email);
    expect(updateNotificationSettings).toHaveBeenCalledWith({
      channels: [
        { id: 'Web', origins },
        {
          id: 'Email',
          origins: [
            { ...origins[0], topics: [{ id: 'decisions', enabled: false }] },
          ],
        },
      ],
    });
  }, 60_000);
});
