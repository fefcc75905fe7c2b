import { portalClient, realmName } from './realm';

/**
 * Returns settings with which the catalog reads the realm, often.
 *
 * @param baseUrl - address of Keycloak
 * @param locations - other places with entities
 */
export function keycloakCatalog(
  baseUrl: string,
  locations: object[] = [],
): object {
  const { id: clientId, secret: clientSecret } = portalClient;
  const schedule = { frequency: { seconds: 5 }, timeout: { minutes: 1 } };
  const realm = { realm: realmName, loginRealm: realmName };
  const company = { baseUrl, ...realm, clientId, clientSecret, schedule };
  return {
    catalog: { locations, providers: { keycloakOrg: { company } } },
  };
}
