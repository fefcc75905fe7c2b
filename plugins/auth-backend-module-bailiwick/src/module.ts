import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { decodeOAuthState } from '@backstage/plugin-auth-node';
import type { RequestHandler } from 'express';

/**
 * Guards sign-in against open redirects (CWE-601): with `flow=redirect`, Backstage's sign-in follows any `redirectUrl`,
 * even without a signed-in person. Only addresses of the portal itself are accepted.
 *
 * @public
 */
export const signInRedirectsModule = createBackendModule({
  pluginId: 'auth',
  moduleId: 'sign-in-redirects',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        // Modules start before their plugin, so this comes before its routes.
        router: coreServices.httpRouter,
      },
      async init({ config, router }) {
        router.use(
          refuseForeignRedirects([
            config.getString('app.baseUrl'),
            // Further origins from which Backstage allows sign-in; patterns are not addresses to return to.
            ...(config.getOptionalStringArray(
              'auth.experimentalExtraAllowedOrigins',
            ) ?? []),
          ]),
        );
      },
    });
  },
});

function refuseForeignRedirects(portals: string[]): RequestHandler {
  const origins = portals
    .filter(portal => URL.canParse(portal))
    .map(portal => new URL(portal).origin);
  const isOwn = (address: string) =>
    URL.canParse(address) && origins.includes(new URL(address).origin);
  return (request, _response, next) => {
    const { redirectUrl, state } = request.query;
    const wanted = [redirectUrl, redirectOf(state)].flat();
    if (wanted.every(one => one === undefined || isOwn(String(one)))) next();
    else
      next(
        new InputError(
          `Sign-in returns only to addresses of this portal, which begin with ${origins.join(
            ' or ',
          )}; open the portal there and sign in again`,
        ),
      );
  };
}

/** Returns the redirect address in the state of a sign-in; `undefined` for a state that Backstage rejects. */
function redirectOf(state: unknown): string | undefined {
  try {
    return decodeOAuthState(String(state)).redirectUrl;
  } catch {
    return undefined;
  }
}
