import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Request, RequestHandler, Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import { onDisconnect } from '../live';

/** Rate limit of requests per person. */
export interface RequestLimit {
  /** Requests within a window. */
  requests: number;
  /** Length of a window in seconds. */
  seconds: number;
  /** Requests without a complete response at the same time; a page of the portal has about four, which are live updates. */
  open: number;
}

/**
 * Creates a middleware that limits the requests of each person, so that one person's script neither slows down others nor fills the
 * memory with open streams. Requests above a limit are answered with 429, `Retry-After` and a message. Other plugins and git clients
 * are not limited.
 */
export function limitRequests(
  httpAuth: HttpAuthService,
  { open, requests, seconds }: RequestLimit,
): RequestHandler[] {
  const findPerson = async (request: Request): Promise<string | undefined> => {
    // Whatever is wrong with the credentials, the route itself refuses them.
    const { principal } = await httpAuth
      .credentials(request, { allow: ['user', 'service', 'none'] })
      .catch(() => ({ principal: undefined }));
    const person = principal as { type?: string; userEntityRef?: string };
    return person?.type === 'user' ? person.userEntityRef : undefined;
  };
  const limitRate = rateLimit({
    windowMs: seconds * 1_000,
    limit: requests,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    skip: async request => (await findPerson(request)) === undefined,
    keyGenerator: async request => (await findPerson(request)) ?? '',
    handler: (_request, response) => {
      const wait = response.getHeader('Retry-After') ?? seconds;
      refuse(
        response,
        `You sent more than ${requests} requests within ${seconds} s. Try again in ${wait} s.`,
      );
    },
  });
  return [limitRate, limitOpen(open, findPerson)];
}

/** Limits the requests of each person that are open at the same time. */
function limitOpen(
  max: number,
  findPerson: (request: Request) => Promise<string | undefined>,
): RequestHandler {
  const open = new Map<string, number>();
  return async (request, response, next) => {
    const person = await findPerson(request);
    if (person === undefined) return next();
    const count = open.get(person) ?? 0;
    if (count >= max) {
      response.setHeader('Retry-After', 10);
      return refuse(
        response,
        `You have ${max} open connections to the portal, including live updates. Close some of its pages or stop your script, and try again.`,
      );
    }
    open.set(person, count + 1);
    onDisconnect(response, () => {
      const left = open.get(person)! - 1;
      if (left > 0) open.set(person, left);
      else open.delete(person);
    });
    return next();
  };
}

function refuse(response: Response, message: string): void {
  response.status(429).json({
    error: { name: 'TooManyRequestsError', message },
    response: { statusCode: 429 },
  });
}
