import {
  compatWrapper,
  convertLegacyRouteRefs,
} from '@backstage/core-compat-api';
import {
  ApiBlueprint,
  AppRootElementBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { BailiwickClient } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import AppsIcon from '@material-ui/icons/Apps';
import AssignmentTurnedInIcon from '@material-ui/icons/AssignmentTurnedIn';
import DescriptionIcon from '@material-ui/icons/Description';
import HomeIcon from '@material-ui/icons/Home';
import PeopleIcon from '@material-ui/icons/People';
import SearchIcon from '@material-ui/icons/Search';
import { alphaExtensions } from './alphaExtensions';
import { SearchPalette } from './components/search/SearchPalette';
import {
  externalRoutes as legacyExternalRoutes,
  routes as legacyRoutes,
} from './routeRefs';

const routes = convertLegacyRouteRefs(legacyRoutes);
const externalRoutes = convertLegacyRouteRefs(legacyExternalRoutes);

const bailiwickApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: bailiwickApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: options => new BailiwickClient(options),
    }),
});

const homePage = PageBlueprint.makeWithOverrides({
  name: 'home',
  factory(make, { config: { title = 'Bailiwick' } }) {
    return make({
      path: '/bailiwick',
      noHeader: true,
      title,
      icon: <HomeIcon />,
      routeRef: routes.home,
      loader: () =>
        import('./components/HomePage/HomePage').then(m =>
          compatWrapper(<m.HomePage title={title} />),
        ),
    });
  },
});

const appsPage = PageBlueprint.make({
  name: 'apps',
  params: {
    path: '/apps',
    noHeader: true,
    title: 'Apps',
    icon: <AppsIcon />,
    routeRef: routes.apps,
    loader: () =>
      import('./components/FleetPage/FleetRoutes').then(m =>
        compatWrapper(<m.FleetRoutes />),
      ),
  },
});

const tenantsPage = PageBlueprint.make({
  name: 'tenants',
  params: {
    path: '/tenants',
    noHeader: true,
    title: 'Tenants',
    icon: <PeopleIcon />,
    routeRef: routes.tenants,
    loader: () =>
      import('./components/TenantsPage/TenantsRoutes').then(m =>
        compatWrapper(<m.TenantsRoutes />),
      ),
  },
});

const requestsPage = PageBlueprint.make({
  name: 'requests',
  params: {
    path: '/requests',
    noHeader: true,
    title: 'Requests',
    icon: <AssignmentTurnedInIcon />,
    routeRef: routes.requests,
    loader: () =>
      import('./components/RequestsPage/RequestsRoutes').then(m =>
        compatWrapper(<m.RequestsRoutes />),
      ),
  },
});

/** Disabled by default: it needs `bailiwick.docs.path` in the backend, and TechDocs uses the same path. */
const docsPage = PageBlueprint.make({
  name: 'docs',
  disabled: true,
  params: {
    path: '/docs',
    title: 'Docs',
    icon: <DescriptionIcon />,
    noHeader: true,
    routeRef: routes.docs,
    loader: () =>
      import('./components/DocsPage/DocsRoutes').then(m =>
        compatWrapper(<m.DocsRoutes />),
      ),
  },
});

/** Disabled by default: it needs `@backstage/plugin-search`, whose own page it replaces. */
const searchPage = PageBlueprint.make({
  name: 'search',
  disabled: true,
  params: {
    path: '/bailiwick/search',
    title: 'Search',
    icon: <SearchIcon />,
    noHeader: true,
    routeRef: routes.search,
    loader: () =>
      import('./components/search/SearchPage').then(m =>
        compatWrapper(<m.SearchPage />),
      ),
  },
});

/** Disabled by default: it handles ⌘K and Ctrl+K on all pages. */
const searchPalette = AppRootElementBlueprint.make({
  name: 'search',
  disabled: true,
  params: { element: compatWrapper(<SearchPalette />) },
});

/** Frontend plugin `bailiwick`: pages, app tabs and fields of template forms. @public */
export const bailiwickPlugin = createFrontendPlugin({
  pluginId: 'bailiwick',
  title: 'Bailiwick',
  routes,
  externalRoutes,
  extensions: [
    bailiwickApi,
    homePage,
    appsPage,
    tenantsPage,
    requestsPage,
    docsPage,
    searchPage,
    searchPalette,
    ...alphaExtensions,
  ],
});
