// The plugin's pages on fixtures: `npm run yarn workspace @bailiwick/backstage-plugin-bailiwick start`.
import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import bailiwickPlugin from '../src';
import { createExamplePortal } from '../src/__fixtures__/examplePortal';

const bailiwickApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: bailiwickApiRef,
      deps: {},
      factory: () => createExamplePortal().client,
    }),
});

const fixtures = createFrontendModule({
  pluginId: 'bailiwick',
  extensions: [bailiwickApi],
});

createDevApp({ features: [bailiwickPlugin, fixtures] });
