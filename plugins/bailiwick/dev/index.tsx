// The plugin's pages before an example portal, without a backend, and at /examples its components with inputs that
// break layouts: `npm run yarn workspace @bailiwick/backstage-plugin-bailiwick start`.
import '@fontsource-variable/inter';
import {
  compatWrapper,
  convertLegacyRouteRef,
} from '@backstage/core-compat-api';
import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  ApiBlueprint,
  createFrontendModule,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
  MockStarredEntitiesApi,
  starredEntitiesApiRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  darkTheme,
  lightTheme,
} from '@bailiwick/backstage-plugin-app-module-bailiwick/theme';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import bailiwickPlugin from '../src';
import {
  appEntity,
  createExamplePortal,
} from '../src/__fixtures__/examplePortal';
import { DeployTab } from '../src/components/DeployTab/DeployTab';
import { GetDataTab } from '../src/components/GetDataTab/GetDataTab';
import { templateEntities } from './examples/fixtures/packs';

const bailiwickApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: bailiwickApiRef,
      deps: {},
      factory: () => createExamplePortal().client,
    }),
});

const catalogApi = ApiBlueprint.make({
  name: 'catalog',
  params: defineParams =>
    defineParams({
      api: catalogApiRef,
      deps: {},
      factory: () =>
        catalogApiMock({ entities: [appEntity, ...templateEntities] }),
    }),
});

const starredEntitiesApi = ApiBlueprint.make({
  name: 'starred-entities',
  params: defineParams =>
    defineParams({
      api: starredEntitiesApiRef,
      deps: {},
      factory: () => new MockStarredEntitiesApi(),
    }),
});

/** Both tabs of the app, where the catalog's page of it would be. */
const entityPage = PageBlueprint.make({
  name: 'entity',
  params: {
    path: '/catalog/:namespace/:kind/:name',
    title: 'An app',
    routeRef: convertLegacyRouteRef(entityRouteRef),
    loader: async () =>
      compatWrapper(
        <EntityProvider entity={appEntity}>
          <DeployTab />
          <GetDataTab />
        </EntityProvider>,
      ),
  },
});

const examplesPage = PageBlueprint.make({
  name: 'examples',
  params: {
    path: '/examples',
    noHeader: true,
    title: 'Examples',
    loader: () =>
      import('./examples/ExamplesPage').then(m =>
        compatWrapper(<m.ExamplesPage />),
      ),
  },
});

createDevApp({
  features: [
    bailiwickPlugin,
    createFrontendModule({
      pluginId: 'bailiwick',
      extensions: [
        bailiwickApi,
        catalogApi,
        starredEntitiesApi,
        entityPage,
        examplesPage,
      ],
    }),
    createFrontendModule({
      pluginId: 'app',
      extensions: [lightTheme, darkTheme],
    }),
  ],
});
