import { NotAllowedError } from '@backstage/errors';
import type { SignInResolver } from '@backstage/plugin-auth-node';

/** Beginning of Backstage's message for administrators. */
const unresolved = 'Failed to sign-in, unable to resolve user identity';

/**
 * Tells people of whom the catalog has no entity what to do.
 *
 * @param resolve - finds the person
 */
export function explainRefusal<T>(
  resolve: SignInResolver<T>,
): SignInResolver<T> {
  return async (info, context) => {
    try {
      return await resolve(info, context);
    } catch (error) {
      if (!String(error).includes(unresolved)) throw error;
      const { email } = info.profile;
      throw new NotAllowedError(
        `The portal knows nobody with the e-mail address ${
          email ?? '(none)'
        }. Ask the platform team to add you to the catalog, or sign in with another account`,
      );
    }
  };
}
