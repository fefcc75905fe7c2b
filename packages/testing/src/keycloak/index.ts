export { Keycloak } from './Keycloak';
export {
  catalogClient,
  password,
  people,
  portalClient,
  realmName,
} from './realm';
