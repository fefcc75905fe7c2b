import {
  createExternalRouteRef,
  createRouteRef,
  createSubRouteRef,
} from '@backstage/core-plugin-api';

/** The home page. */
export const homeRouteRef = createRouteRef({ id: 'bailiwick.home' });
/** The list of tenants. */
export const tenantsRouteRef = createRouteRef({ id: 'bailiwick.tenants' });
/** One tenant. */
export const tenantRouteRef = createSubRouteRef({
  id: 'bailiwick.tenant',
  parent: tenantsRouteRef,
  path: '/:tenant',
});
/** The list of requests. */
export const requestsRouteRef = createRouteRef({ id: 'bailiwick.requests' });
/** The form that requests a tenant. */
export const requestTenantRouteRef = createSubRouteRef({
  id: 'bailiwick.request-tenant',
  parent: tenantsRouteRef,
  // No tenant has this name.
  path: '/-/new',
});
/** The list of apps. */
export const fleetRouteRef = createRouteRef({ id: 'bailiwick.apps' });

/** The list of guides. */
export const docsRouteRef = createRouteRef({ id: 'bailiwick.docs' });
/** One guide. */
export const guideRouteRef = createSubRouteRef({
  id: 'bailiwick.guide',
  parent: docsRouteRef,
  path: '/:guide',
});

/** The search page. */
const searchRouteRef = createRouteRef({ id: 'bailiwick.search' });

/** The routes of the plugin, by the names under which a portal binds them. */
export const routes = {
  home: homeRouteRef,
  apps: fleetRouteRef,
  tenants: tenantsRouteRef,
  tenant: tenantRouteRef,
  requests: requestsRouteRef,
  requestTenant: requestTenantRouteRef,
  docs: docsRouteRef,
  guide: guideRouteRef,
  search: searchRouteRef,
};

/** A search page; by default the one of the plugin, if the portal enables it. */
export const searchPageRouteRef = createExternalRouteRef({
  id: 'bailiwick.search-page',
  optional: true,
  defaultTarget: 'bailiwick.search',
});

/** A page with a guide; by default the one of the plugin, if the portal enables it. */
export const guidePageRouteRef = createExternalRouteRef({
  id: 'bailiwick.guide-page',
  params: ['guide'],
  optional: true,
  defaultTarget: 'bailiwick.guide',
});

/** The list of the catalog; by default that of Backstage's catalog plugin. */
export const catalogIndexRouteRef = createExternalRouteRef({
  id: 'bailiwick.catalog-index',
  optional: true,
  defaultTarget: 'catalog.catalogIndex',
});

/** The routes of other plugins that the pages lead to, by the names under which a portal binds them. */
export const externalRoutes = {
  searchPage: searchPageRouteRef,
  guidePage: guidePageRouteRef,
  catalogIndex: catalogIndexRouteRef,
};
