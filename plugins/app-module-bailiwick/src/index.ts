/**
 * Themes, navigation, sign-in page and gallery of templates of the Bailiwick portal.
 *
 * @packageDocumentation
 */
import { createFrontendFeatureLoader } from '@backstage/frontend-plugin-api';
import { apiDefinitionModule } from './apiDefinition/apiDefinitionModule';
import { appModuleBailiwick } from './module';
import { authorPagesModule, galleryModule } from './scaffolderModule';
import { settingsModule } from './settingsModule';

export {
  BailiwickSignInPage,
  type BailiwickSignInPageProps,
} from './SignInPage';

/** All modules; discovery takes one feature of a package. */
const features = createFrontendFeatureLoader({
  loader: () => [
    appModuleBailiwick,
    galleryModule,
    authorPagesModule,
    settingsModule,
    apiDefinitionModule,
  ],
});

export default features;
