import { configApiRef, useApi } from '@backstage/frontend-plugin-api';

/** Returns the name of the portal, which ends the titles of browser tabs. */
export function usePortalTitle(): string {
  return useApi(configApiRef).getOptionalString('app.title') ?? 'Backstage';
}
