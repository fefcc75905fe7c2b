import type { FastifyRequest } from 'fastify';
import { InvalidParameterError } from '../errors';
import { readStreamId, type StreamPosition } from './streamId';

/** What a reader asks of its stream. */
export interface PushOptions {
  /** Milliseconds. */
  interval: number;
  position?: StreamPosition;
}

/** Parameters of the query; functions have no parameters with these names. */
const [intervalName, afterName] = ['$interval', '$after'];
/** Milliseconds. */
const maxInterval = 3_600_000;

/**
 * Takes the options of a stream out of a query: the minimum interval of a cell, and the last event, which may also be
 * the header `Last-Event-ID`.
 *
 * @throws InvalidParameterError
 */
export function takePushOptions(
  query: URLSearchParams,
  { headers }: Pick<FastifyRequest, 'headers'>,
): PushOptions {
  const text = query.get(intervalName) ?? '0';
  const after = query.get(afterName) ?? headers['last-event-id'];
  query.delete(intervalName);
  query.delete(afterName);
  const interval = Number(text);
  if (!/^\d+$/.test(text) || interval > maxInterval) {
    throw new InvalidParameterError(
      `${intervalName}: expected milliseconds from 0 to ${maxInterval}, got "${text}"`,
      { fields: { parameter: intervalName } },
    );
  }
  return {
    interval,
    position: after ? readStreamId(String(after)) : undefined,
  };
}
