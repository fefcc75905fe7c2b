import { createApiRef } from '@backstage/core-plugin-api';
import type { BailiwickClient } from '@bailiwick/backstage-plugin-bailiwick-common/client';

/** API reference of the client of Bailiwick's API. @public */
export const bailiwickApiRef = createApiRef<BailiwickClient>({
  id: 'plugin.bailiwick.client',
});
