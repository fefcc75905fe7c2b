export {
  fleetRouteRef,
  homeRouteRef,
  requestsRouteRef,
  requestTenantRouteRef,
  tenantRouteRef,
  tenantsRouteRef,
} from './routeRefs';
