import type { AppInstance } from '../../cache';
import type { Placement } from '../../placement';

/** One app in one environment, with the context of its runs. */
export interface RunContext {
  placement: Placement;
  instance: AppInstance;
  /** Namespace of the runs. */
  home: string;
  signal: AbortSignal;
}
