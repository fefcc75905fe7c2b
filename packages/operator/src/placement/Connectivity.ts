/** Whether a target can be worked on. */
export type Presence =
  /** It answered, and its copies are not complete yet. */
  | { phase: 'connecting' }
  | { phase: 'here' }
  | {
      phase: 'away';
      /** When it was last heard, RFC 3339. */
      since: string;
      /** CamelCase word why. */
      reason: string;
      /** One sentence. */
      why: string;
    };
