import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import notificationsPlugin from '@backstage/plugin-notifications-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { notificationChannels } from './module';

const start = (notifications?: object) =>
  startTestBackend({
    features: [
      notificationsPlugin,
      notificationChannels,
      catalogServiceMock.factory({ entities: [] }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://portal.test' },
          backend: { baseUrl: 'http://portal.test' },
          ...(notifications && { notifications }),
        },
      }),
    ],
  });

describe('notification channels', () => {
  it('leave a portal without configuration as it is', async () => {
    const backend = await start();
    const response = await fetch(
      `http://127.0.0.1:${backend.server.port()}/.backstage/health/v1/readiness`,
    );
    await backend.stop();
    expect(response.status).toBe(200);
  });

  it('end the start with the faulty setting', async () => {
    const email = { sender: 'bailiwick@example.com' };
    await expect(start({ processors: { email } })).rejects.toThrow(
      'notifications.processors.email.transportConfig is missing',
    );
  });
});
