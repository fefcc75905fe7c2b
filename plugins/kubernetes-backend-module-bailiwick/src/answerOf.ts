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

/** Waits for the API server; what it refuses becomes an error of Backstage's, with its words. */
export async function answerOf<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    throw errorOf(error);
  }
}

function errorOf(error: unknown): unknown {
  if (error instanceof KubeConnectionError)
    return new ServiceUnavailableError(
      'The cluster does not answer. Try again in a moment.',
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
