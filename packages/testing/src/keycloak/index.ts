export { Keycloak } from './Keycloak';
export { keycloakCatalog } from './keycloakCatalog';
export { password, people, portalClient, realmName } from './realm';
