import { createApiRef } from '@backstage/core-plugin-api';
import type { BailiwickClient } from '@bailiwick/backstage-plugin-bailiwick-common/client';

/** The portal's Bailiwick API. */
export const bailiwickApiRef = createApiRef<BailiwickClient>({
  id: 'plugin.bailiwick.client',
});
