import type { Place } from '../../cache';
import type { Scope } from '../../placement';

/** One app in one environment, and what works on its runs. */
export interface RunScope {
  scope: Scope;
  place: Place;
  /** Namespace of the runs. */
  home: string;
  signal: AbortSignal;
}
