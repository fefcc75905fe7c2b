import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { DefaultKubernetesService } from './DefaultKubernetesService';
import type { KubernetesService } from './KubernetesService';

/** Shared connection to Kubernetes of all plugins of a backend. @public */
export const kubernetesServiceRef = createServiceRef<KubernetesService>({
  id: 'bailiwick.kubernetes',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.rootLogger,
        lifecycle: coreServices.rootLifecycle,
      },
      factory: ({ config, logger, lifecycle }) => {
        const kubernetes = DefaultKubernetesService.fromConfig(config, {
          logger,
        });
        lifecycle.addStartupHook(() => kubernetes.start());
        lifecycle.addShutdownHook(() => kubernetes.stop());
        return kubernetes;
      },
    }),
});
