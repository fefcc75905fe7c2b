import type { LoggerService } from '@backstage/backend-plugin-api';
import { requestIds } from '@bailiwick/backstage-kube-controller';
import { traceIdOf } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { randomBytes } from 'node:crypto';
import { traceResponse } from './traceResponse';

/**
 * Creates middleware for the start and the end of a router. The first one gives each request an identifier: that of its
 * trace (W3C Trace Context), or a new one. Log lines, requests to API servers and the response (`X-Request-Id`) have it.
 * If the program records traces, the request has a span. The second one notes why a request failed, for a line in the
 * log.
 *
 * @param logger - result of {@link withRequestIds}
 */
export function identifyRequests(
  logger: LoggerService,
): [RequestHandler, ErrorRequestHandler] {
  const identify: RequestHandler = (request, response, next) => {
    const { run, traceId } = traceResponse(request, response);
    const id =
      traceIdOf(request.header('traceparent')) ??
      traceId ??
      randomBytes(16).toString('hex');
    response.setHeader('X-Request-Id', id);
    response.once('finish', () => {
      const { locals, statusCode } = response;
      if (statusCode < 500) return;
      const path = request.originalUrl.split('?')[0];
      requestIds.run(id, () =>
        logger.error(
          `${request.method} ${path} returned ${statusCode}: ${locals.failure}`,
        ),
      );
    });
    requestIds.run(id, () => run(next));
  };
  const noteFailure: ErrorRequestHandler = (
    error,
    _request,
    response,
    next,
  ) => {
    response.locals.failure = error;
    next(error);
  };
  return [identify, noteFailure];
}

/** Adds the identifier of the request to log lines that are written because of one. */
export function withRequestIds(logger: LoggerService): LoggerService {
  const current = () => {
    const requestId = requestIds.getStore();
    return requestId ? logger.child({ requestId }) : logger;
  };
  return {
    error: (...line) => current().error(...line),
    warn: (...line) => current().warn(...line),
    info: (...line) => current().info(...line),
    debug: (...line) => current().debug(...line),
    child: meta => withRequestIds(logger.child(meta)),
  };
}
