import { createFrontendModule } from '@backstage/frontend-plugin-api';
import notificationsPlugin from '@backstage/plugin-notifications/alpha';

const page = notificationsPlugin.getExtension('page:notifications').override({
  params: {
    loader: () =>
      import('./notifications/NotificationsPage').then(m => (
        <m.NotificationsPage />
      )),
  },
});

/** Our page of notifications in place of Backstage's, with the titles of topics and filters in one row. */
export const notificationsModule = createFrontendModule({
  pluginId: 'notifications',
  extensions: [page],
});
