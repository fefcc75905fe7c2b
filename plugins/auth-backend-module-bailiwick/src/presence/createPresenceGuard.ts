import {
  createBackendModule,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import {
  peopleServiceRef,
  type PeopleService,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import type { RequestHandler } from 'express';

/**
 * Creates the two parts of a guard against people who have left: Backstage accepts their tokens for up to an hour.
 *
 * @returns `handler`, which comes before all routes of the backend, and `feature`, which must be added to it
 */
export function createPresenceGuard(): {
  feature: BackendFeature;
  handler: RequestHandler;
} {
  let people: PeopleService | undefined;
  const feature = createBackendModule({
    pluginId: 'auth',
    moduleId: 'presence-guard',
    register(env) {
      env.registerInit({
        deps: { service: peopleServiceRef },
        async init({ service }) {
          people = service;
        },
      });
    },
  });
  const handler: RequestHandler = (request, _response, next) => {
    const user = userOf(request.headers.authorization);
    if (!user || !people) next();
    else people.requirePresent(user).then(() => next(), next);
  };
  return { feature, handler };
}

/**
 * Returns the user of a bearer token. The plugins verify the token; to refuse a forged one here does no harm.
 *
 * @returns `undefined` for other tokens, such as those of plugins
 */
export function userOf(authorization: string | undefined): string | undefined {
  const [, payload] =
    /^Bearer [^.\s]+\.([^.\s]+)\.[^.\s]+$/i.exec(authorization ?? '') ?? [];
  if (!payload) return undefined;
  try {
    const { sub } = JSON.parse(Buffer.from(payload, 'base64url').toString());
    return typeof sub === 'string' && sub.startsWith('user:') ? sub : undefined;
  } catch {
    return undefined;
  }
}
