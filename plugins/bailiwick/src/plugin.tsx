import {
  compatWrapper,
  convertLegacyRouteRef,
  convertLegacyRouteRefs,
} from '@backstage/core-compat-api';
import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { BailiwickClient } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import AppsIcon from '@material-ui/icons/Apps';
import AssignmentTurnedInIcon from '@material-ui/icons/AssignmentTurnedIn';
import HomeIcon from '@material-ui/icons/Home';
import PeopleIcon from '@material-ui/icons/People';
import { alphaExtensions } from './alphaExtensions';
import {
  fleetRouteRef,
  homeRouteRef,
  requestsRouteRef,
  requestTenantRouteRef,
  tenantRouteRef,
  tenantsRouteRef,
} from './routes';

const bailiwickApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: bailiwickApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discoveryApi, fetchApi }) =>
        new BailiwickClient({ discoveryApi, fetchApi }),
    }),
});

const homePage = PageBlueprint.make({
  name: 'home',
  params: {
    path: '/',
    title: 'Home',
    icon: <HomeIcon />,
    routeRef: convertLegacyRouteRef(homeRouteRef),
    loader: () =>
      import('./components/HomePage').then(m => compatWrapper(<m.HomePage />)),
  },
});

const appsPage = PageBlueprint.make({
  name: 'apps',
  params: {
    path: '/apps',
    title: 'Apps',
    icon: <AppsIcon />,
    routeRef: convertLegacyRouteRef(fleetRouteRef),
    loader: () =>
      import('./components/FleetPage').then(m =>
        compatWrapper(<m.FleetRoutes />),
      ),
  },
});

const tenantsPage = PageBlueprint.make({
  name: 'tenants',
  params: {
    path: '/tenants',
    title: 'Tenants',
    icon: <PeopleIcon />,
    routeRef: convertLegacyRouteRef(tenantsRouteRef),
    loader: () =>
      import('./components/TenantsPage').then(m =>
        compatWrapper(<m.TenantsRoutes />),
      ),
  },
});

const requestsPage = PageBlueprint.make({
  name: 'requests',
  params: {
    path: '/requests',
    title: 'Requests',
    icon: <AssignmentTurnedInIcon />,
    routeRef: convertLegacyRouteRef(requestsRouteRef),
    loader: () =>
      import('./components/RequestsPage').then(m =>
        compatWrapper(<m.RequestsRoutes />),
      ),
  },
});

/** Frontend plugin `bailiwick`: pages, app tabs and fields of template forms. */
export const bailiwickPlugin = createFrontendPlugin({
  pluginId: 'bailiwick',
  title: 'Bailiwick',
  routes: convertLegacyRouteRefs({
    home: homeRouteRef,
    apps: fleetRouteRef,
    tenants: tenantsRouteRef,
    tenant: tenantRouteRef,
    requests: requestsRouteRef,
    requestTenant: requestTenantRouteRef,
  }),
  extensions: [
    bailiwickApi,
    homePage,
    appsPage,
    tenantsPage,
    requestsPage,
    ...alphaExtensions,
  ],
});
