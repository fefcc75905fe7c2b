import {
  ForeignObjectError,
  isOverloaded,
  keyOf,
  KubeApiError,
} from '@bailiwick/backstage-kube-controller';
import type { PhaseState } from '../placement';
import { truncateMessage } from './truncateMessage';

/** Milliseconds after which a name conflict is checked again. */
export const conflictInterval = 60_000;

/** Result of a phase: the state of its condition, and the error to retry after. */
export interface PhaseOutcome {
  state: PhaseState;
  /** Absent when the phase succeeded, or when a retry would not help. */
  error?: unknown;
}

/** Runs one phase; its errors become the message of its condition. */
export async function runPhase(
  phase: () => Promise<PhaseState>,
): Promise<PhaseOutcome> {
  try {
    return { state: await phase() };
  } catch (error) {
    if (error instanceof ForeignObjectError)
      return { state: nameConflict(error) };
    // An overloaded API server reports nothing about the object.
    if (!(error instanceof KubeApiError) || isOverloaded(error)) throw error;
    return {
      state: {
        status: 'False',
        reason: error.reason || 'ApplyFailed',
        message: rejectionMessage(error.message),
      },
      error,
    };
  }
}

/** Returns the state of a phase that found its object's name taken. */
export function nameConflict({ object }: ForeignObjectError): PhaseState {
  return {
    status: 'False',
    reason: 'NameConflict',
    message: `The ${object.kind} ${keyOf(
      object,
    )} already exists and is not managed by Bailiwick; it was not changed`,
  };
}

/**
 * Returns why an object could not be written: its name is taken, or the API server rejected it.
 *
 * @throws any other error
 */
export function refusalMessage(error: unknown): string {
  if (error instanceof ForeignObjectError)
    return `${nameConflict(error).message}.`;
  if (error instanceof KubeApiError && !isOverloaded(error))
    return rejectionMessage(error.message);
  throw error;
}

/** Returns a rejection by the API server in words for statuses and pages. */
export function rejectionMessage(message: string): string {
  return `The API server rejected the object: ${truncateMessage(message)}`;
}
