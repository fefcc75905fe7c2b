// The plugin's pages before an example portal, without a backend:
// `npm run yarn workspace @bailiwick/backstage-plugin-bailiwick start`.
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
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import bailiwickPlugin from '../src';
import {
  appEntity,
  createExamplePortal,
} from '../src/__fixtures__/examplePortal';
import { DeployTab } from '../src/components/DeployTab/DeployTab';
import { UseItTab } from '../src/components/UseItTab/UseItTab';

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
      factory: () => catalogApiMock({ entities: [appEntity] }),
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
          <UseItTab />
        </EntityProvider>,
      ),
  },
});

createDevApp({
  features: [
    bailiwickPlugin,
    createFrontendModule({
      pluginId: 'bailiwick',
      extensions: [bailiwickApi, catalogApi, entityPage],
    }),
  ],
});
