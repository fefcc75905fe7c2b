import { configApiRef, useApi } from '@backstage/core-plugin-api';

/** Returns the gateway's address as readers see it; `undefined` in a portal without a gateway. */
export function useGatewayUrl(): string | undefined {
  return useApi(configApiRef)
    .getOptionalString('bailiwick.gateway.baseUrl')
    ?.replace(/\/+$/, '');
}
