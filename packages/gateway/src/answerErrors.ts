import { noSniff } from '@bailiwick/backstage-kube-controller';
import type {
  FastifyError,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
} from 'fastify';
import {
  AmbiguousTokenError,
  GatewayError,
  MethodNotAllowedError,
  NotLoggedInError,
} from './errors';
import type { LoginThrottle } from './login';

/** Returns the body of a failure. */
export type ErrorBody = (
  id: string,
  type: string,
  message: string,
  fields?: Record<string, unknown>,
) => unknown;

/** `{ "error": { "type", "message", "id", … } }` */
const errorBody: ErrorBody = (id, type, message, fields) => ({
  error: { type, message, id, ...fields },
});

/** Formats every failure of the routes of a server. */
export function answerErrors(
  server: FastifyInstance,
  throttle: LoginThrottle,
  body: ErrorBody = errorBody,
): void {
  server.setErrorHandler(async (error: FastifyError, request, reply) => {
    const shown =
      error instanceof NotLoggedInError
        ? await throttle.fail(request.ip, error)
        : error;
    answerFailure(shown as FastifyError, request, reply, body);
    return reply;
  });
}

/** Answers requests for unknown addresses below the prefix of a server, with a valid request. */
export function answerUnknown(
  server: FastifyInstance,
  usage = 'GET /v1/<tenant>/<environment>/<app>/<function> or …/openapi.json',
  body: ErrorBody = errorBody,
): void {
  server.setNotFoundHandler(async ({ method }, reply) => {
    const message = `${method} is not supported at this address; use ${usage}`;
    return reply.code(404).send(body(reply.request.id, 'not-found', message));
  });
}

const typesOfFastify: Record<number, string> = {
  413: 'request-too-large',
  415: 'unsupported-media-type',
};

/** Answers one failure: our own errors and those of Fastify, such as a path it cannot decode. */
export function answerFailure(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
  body: ErrorBody = errorBody,
): void {
  const { statusCode = 500, message } = error;
  // Hooks do not see what Fastify cannot route.
  reply.headers(noSniff);
  if (error instanceof GatewayError) {
    answer(reply, error, body);
  } else if (statusCode < 500) {
    const type = typesOfFastify[statusCode] ?? 'bad-request';
    reply.code(statusCode).send(body(request.id, type, message));
  } else {
    request.log.error({ err: error }, 'A request failed');
    const said =
      'The gateway had an internal error; retry, and contact the platform team if it persists';
    reply.code(500).send(body(request.id, 'internal', said));
  }
}

function answer(
  reply: FastifyReply,
  error: GatewayError,
  body: ErrorBody,
): void {
  const { status, type, message, fields, retryAfter, cause } = error;
  if (status === 401) {
    reply.header(
      'www-authenticate',
      'Basic realm="bailiwick", charset="UTF-8"',
    );
  }
  if (error instanceof MethodNotAllowedError) {
    reply.header('allow', error.allowed.join(', '));
  }
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
  if (error instanceof AmbiguousTokenError) {
    reply.log.warn(
      { type, grants: error.grants },
      'Several grants have the same token',
    );
  }
  if (status >= 500)
    reply.log.warn({ type, cause: String(cause ?? '') }, message);
  reply.failure = error;
  reply.code(status).send(body(reply.request.id, type, message, fields));
}
