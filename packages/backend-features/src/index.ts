/**
 * All backend features that a portal needs for Bailiwick, as one feature.
 *
 * @packageDocumentation
 */
import { createBackendFeatureLoader } from '@backstage/backend-plugin-api';

/**
 * Adds the plugin `bailiwick` and its modules for the catalog, Kubernetes, the scaffolder and search. Backstage ignores
 * modules of plugins that the portal does not have. The portal's policy is a separate choice.
 *
 * @public
 */
const features = createBackendFeatureLoader({
  loader: () => [
    // eslint-disable-next-line @backstage/no-mixed-plugin-imports -- added, like in the backend of a portal
    import('@bailiwick/backstage-plugin-bailiwick-backend'),
    import('@bailiwick/backstage-plugin-catalog-backend-module-bailiwick'),
    import('@bailiwick/backstage-plugin-kubernetes-backend-module-bailiwick'),
    import('@bailiwick/backstage-plugin-scaffolder-backend-module-bailiwick'),
    import('@bailiwick/backstage-plugin-search-backend-module-bailiwick'),
  ],
});

export default features;

export { createAvailabilityGuard } from './availabilityGuard';
export { startLock } from './startLock';
