export { Keycloak } from './Keycloak';
export { password, people, portalClient, realmName } from './realm';
