/** One thing that was tried of an archetype. */
export interface PackCheck {
  archetype: string;
  /** What was tried, such as `prices with symbols AAPL`. */
  name: string;
  /** Answers of the form with which it was tried, those that differ from what the form proposes, in words. */
  answers?: string;
  /** Why it failed; absent when it holds. */
  failure?: string;
  /** What is good to know although it holds. */
  note?: string;
}

/** Hears how a check of one archetype went: no failures mean that it holds. */
export type Tell = (
  name: string,
  failures: readonly string[],
  notes?: readonly string[],
) => void;
