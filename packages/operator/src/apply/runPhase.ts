import {
  ForeignObjectError,
  isOverloaded,
  keyOf,
  KubeApiError,
} from '@bailiwick/backstage-kube-controller';
import type { PhaseState } from '../placement';
import { shorten } from './truncateMessage';

/** A phase that went wrong tells so in its condition, and the key is tried again. */
export interface PhaseOutcome {
  state: PhaseState;
  /** Absent when the phase did what it could, or when trying again soon would not help. */
  error?: unknown;
}

/** Runs one phase; errors become the words of its condition. */
export async function runPhase(
  phase: () => Promise<PhaseState>,
): Promise<PhaseOutcome> {
  try {
    return { state: await phase() };
  } catch (error) {
    if (error instanceof ForeignObjectError)
      return { state: nameConflict(error) };
    // What the server cannot do just now says nothing about the object.
    if (!(error instanceof KubeApiError) || isOverloaded(error)) throw error;
    return {
      state: {
        status: 'False',
        reason: error.reason || 'ApplyFailed',
        message: `The API server refused: ${shorten(error.message)}`,
      },
      error,
    };
  }
}

/** The state of a phase that met an object of somebody else. */
export function nameConflict({ object }: ForeignObjectError): PhaseState {
  return {
    status: 'False',
    reason: 'NameConflict',
    message: `The ${object.kind} ${keyOf(
      object,
    )} exists already and does not belong here; it was left as it is`,
  };
}
