/** Whether a target can be worked on. */
export type Connectivity =
  /** It responds, and its caches are still being filled. */
  | { phase: 'connecting' }
  | { phase: 'connected' }
  | {
      phase: 'unreachable';
      /** Time of its last response, RFC 3339. */
      since: string;
      /** CamelCase cause. */
      reason: string;
      /** One sentence. */
      why: string;
    };
