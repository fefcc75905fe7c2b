import type {
  DatabaseService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import type { CatalogSubjects } from '../authorization';
import type { Feature } from '../feature';
import { Notifier } from './Notifier';
import { SentNotifications } from './SentNotifications';

/** Notifies people about requests and tenants that concern them. */
export function createNotificationsFeature({
  database,
  ...options
}: {
  database: DatabaseService;
  kubernetes: KubernetesService;
  logger: LoggerService;
  notifications: NotificationService;
  subjects: CatalogSubjects;
}): Feature {
  let notifier: Notifier | undefined;
  return {
    async start() {
      const sent = await SentNotifications.open(database);
      notifier = new Notifier({ ...options, sent });
      notifier.start();
    },
    stop: () => notifier?.stop(),
  };
}
