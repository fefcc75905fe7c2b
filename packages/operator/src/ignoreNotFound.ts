import { isNotFound } from '@bailiwick/backstage-kube-controller';

/** For `.catch`: what does not exist is `undefined`. @throws any other error */
export function ignoreNotFound(error: unknown): undefined {
  if (isNotFound(error)) return undefined;
  throw error;
}
