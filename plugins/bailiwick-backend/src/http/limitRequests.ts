import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Request, RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';

/** How many requests a person may send. */
export interface RequestLimit {
  /** Requests within a window. */
  requests: number;
  /** Length of a window in seconds. */
  seconds: number;
}

/**
 * Creates a middleware that limits the requests of each person, so that one person's script does not slow down others. Requests
 * above the limit are answered with 429, `Retry-After` and a message. Other plugins and git clients are not limited.
 */
export function limitRequests(
  httpAuth: HttpAuthService,
  { requests, seconds }: RequestLimit,
): RequestHandler {
  const findPerson = async (request: Request): Promise<string | undefined> => {
    // Whatever is wrong with the credentials, the route itself refuses them.
    const { principal } = await httpAuth
      .credentials(request, { allow: ['user', 'service', 'none'] })
      .catch(() => ({ principal: undefined }));
    const person = principal as { type?: string; userEntityRef?: string };
    return person?.type === 'user' ? person.userEntityRef : undefined;
  };
  return rateLimit({
    windowMs: seconds * 1_000,
    limit: requests,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    skip: async request => (await findPerson(request)) === undefined,
    keyGenerator: async request => (await findPerson(request)) ?? '',
    handler: (_request, response) => {
      const wait = response.getHeader('Retry-After') ?? seconds;
      response.status(429).json({
        error: {
          name: 'TooManyRequestsError',
          message: `You sent more than ${requests} requests within ${seconds} s. Try again in ${wait} s.`,
        },
        response: { statusCode: 429 },
      });
    },
  });
}
