import {
  createFrontendModule,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';

const notificationSettings = SubPageBlueprint.make({
  name: 'notifications',
  params: {
    path: 'notifications',
    title: 'Notifications',
    loader: async () => {
      const [{ Content }, { UserNotificationSettingsCard }] = await Promise.all(
        [
          import('@backstage/core-components'),
          import('@backstage/plugin-notifications'),
        ],
      );
      return (
        <Content>
          <UserNotificationSettingsCard
            originNames={{ 'plugin:bailiwick': 'Tenants and requests' }}
            topicNames={{
              decisions: 'Requests to approve',
              requests: 'Progress of requests',
              membership: 'Membership of tenants',
              life: 'Expiry and deletion of tenants',
            }}
          />
        </Content>
      );
    },
  },
});

/** The page where people choose their notifications per channel; Backstage's settings come without it. */
export const settingsModule = createFrontendModule({
  pluginId: 'user-settings',
  extensions: [notificationSettings],
});
