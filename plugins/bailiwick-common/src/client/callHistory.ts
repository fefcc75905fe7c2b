/** Calls and errors of a time span, and the part of it that is known. @public */
export interface CallTotals {
  calls: number;
  /** Calls with a status of 400 or higher. */
  errors: number;
  /** Start of the first known time slot, RFC 3339; absent if none is known. */
  since?: string;
}

/** Calls of an app through the gateways, and usage of its pods, in time slots of equal length. @public */
export interface CallHistoryView {
  /** Length of a slot, seconds. */
  seconds: number;
  /** Start of the span, RFC 3339. */
  from: string;
  /** End of the newest slot, which is not complete yet; RFC 3339. */
  to: string;
  total: CallTotals;
  /**
   * One per slot, oldest first. Calls, errors and rows are absent if no gateway was counting; cores and memory are
   * absent if no pod was sampled, and for all environments together.
   */
  points: {
    /** Start of the slot, RFC 3339. */
    at: string;
    calls?: number;
    errors?: number;
    /** Mean latency in seconds; absent without calls. */
    mean?: number;
    /** Estimated p95 latency in seconds; absent without calls. */
    p95?: number;
    /** Rows that the gateways sent to readers, also from snapshots. */
    rows?: number;
    /** Mean CPU of the busiest pod, cores. */
    cores?: number;
    /** Peak memory of the largest pod, bytes. */
    memory?: number;
  }[];
  /** Called functions, busiest first. */
  functions: {
    environment: string;
    fn: string;
    calls: number;
    errors: number;
  }[];
  /** Deployments of other code: its commits, or its release. */
  markers: { at: string; commits: string[] }[];
  /** Missing data, one sentence each. */
  notes: string[];
}

/** Calls of the last 24 hours of one app. @public */
export interface AppCallTotals extends CallTotals {
  tenant: string;
  app: string;
}
