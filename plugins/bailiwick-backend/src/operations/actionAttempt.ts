import { ConflictError, InputError } from '@backstage/errors';
import { KubeApiError } from '@bailiwick/backstage-kube-controller';
import type { VerbOutcome } from '@bailiwick/backstage-plugin-bailiwick-common/client';

/** The outcome of an action in one pod, with the HTTP status of a failure. */
export type ActionAttempt = VerbOutcome['pods'][number] & { status?: number };

/** Status with which the function runtime refuses parameters. */
export const invalidParameter = 422;

/** Returns the pod's own message about a failed action when it sent one, and the status. */
export function failureOfPod(
  error: Error,
): Required<Pick<ActionAttempt, 'refusal'>> & Pick<ActionAttempt, 'status'> {
  if (!(error instanceof KubeApiError)) return { refusal: error.message };
  const { body, message, status } = error;
  try {
    const { id, message: own } = JSON.parse(body).error;
    if (typeof own === 'string')
      // The log has nothing about invalid parameters that an id would find.
      return {
        refusal: id && status !== invalidParameter ? `${own} (${id})` : own,
        status,
      };
  } catch {
    // Not a response of the function runtime.
  }
  return { refusal: message, status };
}

/**
 * Returns the error of an action that failed in all pods: an InputError for invalid parameters, otherwise a
 * ConflictError.
 */
export function failureOfAll(
  attempts: readonly ActionAttempt[],
): Error | undefined {
  const refusals = attempts.flatMap(({ refusal }) => refusal ?? []);
  if (refusals.length < attempts.length) return undefined;
  return attempts.every(({ status }) => status === invalidParameter)
    ? new InputError(refusals[0])
    : new ConflictError(`The action failed in all pods: ${refusals[0]}`);
}
