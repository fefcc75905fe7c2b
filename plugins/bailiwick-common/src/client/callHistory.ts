/** Calls and errors of a span, and of how much of it they are known. */
export interface CallTotals {
  calls: number;
  /** Calls that were answered with a status of 400 or higher. */
  errors: number;
  /** Begin of the first time slot that is known, RFC 3339; absent when none is. */
  since?: string;
}

/** Calls of an app through the gateways, and what its pods use, in time slots of equal length. */
export interface CallHistoryView {
  /** Length of a slot. */
  seconds: number;
  /** Begin of the span, RFC 3339. */
  from: string;
  /** End of the newest slot, which is still counting; RFC 3339. */
  to: string;
  total: CallTotals;
  /**
   * One per slot, oldest first. Calls and errors are absent where no gateway was counting; rows, cores and memory where
   * no pod was sampled, and for all environments together.
   */
  points: {
    /** Begin of the slot, RFC 3339. */
    at: string;
    calls?: number;
    errors?: number;
    /** Mean latency in seconds; absent without calls. */
    mean?: number;
    /** Estimated p95 latency in seconds; absent without calls. */
    p95?: number;
    /** Rows that the pods returned, including those of samples in the portal. */
    rows?: number;
    /** Mean CPU of the busiest pod, cores. */
    cores?: number;
    /** Peak memory of the largest pod, bytes. */
    memory?: number;
  }[];
  /** Functions that were called, the busiest first. */
  functions: {
    environment: string;
    fn: string;
    calls: number;
    errors: number;
  }[];
  /** When other code was deployed: its commit, or its release. */
  markers: { at: string; commits: string[] }[];
  /** What is not counted, in sentences. */
  notes: string[];
}

/** Calls of the last 24 hours of one app. */
export interface AppCallTotals extends CallTotals {
  tenant: string;
  app: string;
}
