import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { startTracing } from './startTracing';

/** Backend plugin that exports the traces of a portal, if the environment has an address for them. */
const tracingPlugin = createBackendPlugin({
  pluginId: 'tracing',
  register(env) {
    env.registerInit({
      deps: {
        lifecycle: coreServices.rootLifecycle,
        logger: coreServices.logger,
      },
      async init({ lifecycle, logger }) {
        const tracing = await startTracing({
          service: 'bailiwick-portal',
          warn: message => logger.warn(message),
        });
        if (tracing) lifecycle.addShutdownHook(() => tracing.stop());
      },
    });
  },
});

export default tracingPlugin;
