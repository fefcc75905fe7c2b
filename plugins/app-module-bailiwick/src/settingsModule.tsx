import {
  createFrontendModule,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import { originTitles, topicTitles } from './notifications/topicTitles';

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
            originNames={originTitles}
            topicNames={topicTitles}
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
