import {
  AuthenticationError,
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';

const errorsByStatus = new Map<number, new (message: string) => Error>([
  [400, InputError],
  [401, AuthenticationError],
  [403, NotAllowedError],
  [404, NotFoundError],
  [409, ConflictError],
  [422, InputError],
  [429, ServiceUnavailableError],
  [503, ServiceUnavailableError],
]);

/** Backstage's error for a status of HTTP, `undefined` for a status that has none. */
export function errorOfStatus(
  status: number,
  message: string,
): Error | undefined {
  const BackstageError = errorsByStatus.get(status);
  return BackstageError && new BackstageError(message);
}
