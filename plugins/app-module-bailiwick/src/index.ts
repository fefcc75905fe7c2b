/**
 * Themes, navigation, sign-in page and gallery of templates of the Bailiwick portal.
 *
 * @packageDocumentation
 */
import { createFrontendFeatureLoader } from '@backstage/frontend-plugin-api';
import { apiDefinitionModule } from './apiDefinition/apiDefinitionModule';
import { appModuleBailiwick } from './module';
import { authorPagesModule, galleryModule } from './scaffolderModule';
import { notificationsModule } from './notificationsModule';
import { settingsModule } from './settingsModule';
import { translationsModule } from './translations';

export {
  BailiwickSignInPage,
  type BailiwickSignInPageProps,
} from './SignInPage';

/** All modules; feature discovery accepts one feature per package. @public */
const features = createFrontendFeatureLoader({
  loader: () => [
    appModuleBailiwick,
    galleryModule,
    authorPagesModule,
    settingsModule,
    notificationsModule,
    translationsModule,
    apiDefinitionModule,
  ],
});

export default features;
