import type {
  DatabaseService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { runtimePort } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import type { Feature } from '../feature';
import { UsageCollector } from './UsageCollector';
import type { UsageHistory } from './UsageHistory';
import { UsageStore } from './UsageStore';

const saveMs = 5 * 60_000;

/** Collects the usage of all apps' pods, from the start to the stop of the portal. */
export function createUsageFeature({
  database,
  history,
  kubernetes,
  logger,
}: {
  database: DatabaseService;
  history: UsageHistory;
  kubernetes: KubernetesService;
  logger: LoggerService;
}): Feature {
  const stopped = new AbortController();
  const collector = new UsageCollector({
    history,
    pods: () => kubernetes.lists.pods.list(),
    isReady: () => kubernetes.progress().ready,
    ask: ({ metadata: { name, namespace = '' } }) =>
      kubernetes.callPod({ namespace, name, port: runtimePort }, '/metrics'),
  });
  let store: UsageStore | undefined;
  let timer: NodeJS.Timeout | undefined;
  return {
    async start() {
      store = await UsageStore.open(database, logger);
      await store.load(history);
      timer = setInterval(() => store?.save(history), saveMs).unref();
      void collector.run(stopped.signal, error =>
        logger.error('Collecting the usage of apps failed', error),
      );
    },
    async stop() {
      stopped.abort();
      clearInterval(timer);
      await store?.save(history);
    },
  };
}
