import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { apiDocsConfigRef } from '@backstage/plugin-api-docs';
import { getApiDefinitionWidget } from './getApiDefinitionWidget';

const apiDocsConfig = ApiBlueprint.make({
  name: 'config',
  params: define =>
    define({
      api: apiDocsConfigRef,
      deps: {},
      factory: () => ({ getApiDefinitionWidget }),
    }),
});

/** Shows the definitions of apps' APIs with our reference, those of others with Backstage's widgets. */
export const apiDefinitionModule = createFrontendModule({
  pluginId: 'api-docs',
  extensions: [apiDocsConfig],
});
