/**
 * Changes one line of a watch; returns the lines to send instead.
 *
 * @param send - sends a line later
 */
export type FrameFault = (
  line: string,
  send: (line: string) => void,
) => string[] | Promise<string[]>;

/** Effect on a request instead of passing it on. */
export type Fault =
  /** Passes it on after a while. */
  | { type: 'delay'; milliseconds: number }
  /** Breaks the request off; the API server never hears of it. */
  | { type: 'refuse' }
  /** Accepts the request and never responds; the API server never receives it. */
  | { type: 'swallow' }
  /** Breaks the request off after the API server has done it. */
  | { type: 'loseResponse' }
  /** Answers in place of the API server. */
  | { type: 'answer'; status: number; body?: object; retryAfter?: number }
  /** Answers a list, streamed or not, with an earlier snapshot; newer events follow after a while. */
  | { type: 'answerFrom'; earlier: Snapshot; holdMilliseconds: number }
  /** Has a list answered in pages of this many objects. */
  | { type: 'pages'; limit: number }
  /** Changes the frames of a watch. */
  | { type: 'frames'; name: string; change: () => FrameFault };

/** A list as it was once. */
export interface Snapshot {
  items: object[];
  resourceVersion: string;
}
