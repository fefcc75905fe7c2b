import { createApp } from '@backstage/frontend-defaults';
import { signInModule } from './signInModule';

/** The embedded portal: everything in it comes from installed plugins and the configuration. */
export const app = createApp({ features: [signInModule] });
