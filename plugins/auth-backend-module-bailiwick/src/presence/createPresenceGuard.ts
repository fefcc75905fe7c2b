import {
  createBackendModule,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import {
  peopleServiceRef,
  type PeopleService,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import type { RequestHandler } from 'express';
import type { Duplex } from 'node:stream';

/**
 * Creates the parts of a guard against people who have left: Backstage accepts their tokens for up to an hour.
 *
 * @returns `handler`, which comes before all routes of the backend, `feature`, which must be added to it, and
 * `watchSocket`, which closes a WebSocket when the person of its token has left
 * @public
 */
export function createPresenceGuard(): {
  feature: BackendFeature;
  handler: RequestHandler;
  watchSocket: (token: string, socket: Duplex) => void;
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
    const user = userOf(bearerToken(request.headers.authorization));
    if (!user || !people) next();
    else people.requirePresent(user).then(() => next(), next);
  };
  const watchSocket = (token: string, socket: Duplex) => {
    const user = userOf(token);
    const service = people;
    if (!user || !service) return;
    const close = () => socket.destroy();
    service.requirePresent(user).then(() => {
      if (!socket.destroyed)
        socket.once('close', service.onDeparture(user, close));
    }, close);
  };
  return { feature, handler, watchSocket };
}

/** Returns the token of an `Authorization` header, as Backstage reads it. */
export function bearerToken(
  authorization: string | undefined,
): string | undefined {
  return /^Bearer[ ]+(\S+)$/i.exec(authorization ?? '')?.[1];
}

/**
 * Returns the user of a token. The plugins verify the token; to refuse a forged one here does no harm.
 *
 * @returns `undefined` for other tokens, such as those of plugins
 */
export function userOf(token: string | undefined): string | undefined {
  const payload = token?.split('.')[1];
  if (!payload) return undefined;
  try {
    const { sub } = JSON.parse(Buffer.from(payload, 'base64url').toString());
    return typeof sub === 'string' && sub.startsWith('user:') ? sub : undefined;
  } catch {
    return undefined;
  }
}
