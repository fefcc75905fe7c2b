import {
  NotAllowedError,
  NotFoundError,
  InputError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  KubeApiError,
  KubeConnectionError,
} from '@bailiwick/backstage-kube-controller';

/** Awaits a call of the API server and maps its refusal to Backstage's error with the same message. */
export async function withBackstageErrors<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw errorOf(error);
  }
}

function errorOf(error: unknown): unknown {
  if (error instanceof KubeConnectionError)
    return new ServiceUnavailableError(
      'The cluster is unreachable. Try again in a moment.',
    );
  if (!(error instanceof KubeApiError)) return error;
  switch (error.status) {
    case 400:
      return new InputError(error.message);
    case 403:
      return new NotAllowedError(error.message);
    case 404:
      return new NotFoundError(error.message);
    default:
      return error;
  }
}
