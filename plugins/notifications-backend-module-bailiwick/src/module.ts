import {
  coreServices,
  createBackendFeatureLoader,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { notificationsEmailTemplateExtensionPoint } from '@backstage/plugin-notifications-backend-module-email';
import { MailServerCheck } from './MailServerCheck';
import { MailTemplate } from './MailTemplate';
import { readChannels } from './readChannels';

/** Interval of the mail server's checks. */
const checkFrequency = { minutes: 5 };

/** Texts of the e-mails, and the check of the mail server. */
const mailModule = createBackendModule({
  pluginId: 'notifications',
  moduleId: 'bailiwick-mail',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
        templates: notificationsEmailTemplateExtensionPoint,
      },
      async init({ config, logger, scheduler, templates }) {
        templates.setTemplateRenderer(MailTemplate.fromConfig(config));
        const { server } = readChannels(config);
        if (!server) return;
        const check = new MailServerCheck(server, logger);
        await scheduler.scheduleTask({
          id: 'bailiwick-mail-server-check',
          frequency: checkFrequency,
          timeout: { minutes: 1 },
          // Each process sends its own mails.
          scope: 'local',
          fn: () => check.run(),
        });
      },
    });
  },
});

/**
 * Adds Backstage's e-mail module if `notifications.processors.email` exists, and its Slack module if
 * `notifications.processors.slack` does. An invalid configuration ends the start with a message that names each
 * faulty setting.
 *
 * @public
 */
export const notificationChannels = createBackendFeatureLoader({
  deps: { config: coreServices.rootConfig },
  async loader({ config }) {
    const { email, slack } = readChannels(config);
    return [
      ...(email
        ? [
            import('@backstage/plugin-notifications-backend-module-email'),
            mailModule,
          ]
        : []),
      ...(slack
        ? [import('@backstage/plugin-notifications-backend-module-slack')]
        : []),
    ];
  },
});
