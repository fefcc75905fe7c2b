/** Result of a check of an archetype. @public */
export interface PackCheck {
  archetype: string;
  /** Name of the check, such as `prices with symbols AAPL`. */
  name: string;
  /** Answers that differ from the defaults of the form, as text. */
  answers?: string;
  /** Reason of a failure; absent if the check passed. */
  failure?: string;
  /** Note about a passed check. */
  note?: string;
}

/** Receives the result of a check; without failures it passed. */
export type Tell = (
  name: string,
  failures: readonly string[],
  notes?: readonly string[],
) => void;
