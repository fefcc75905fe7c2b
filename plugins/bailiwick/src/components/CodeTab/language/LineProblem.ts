/** A problem in a line of code, from 1. */
export interface LineProblem {
  line: number;
  /** First character in the line, from 0, and the one after the last; by default the whole line. */
  from?: number;
  to?: number;
  message: string;
  /** `error` by default. */
  severity?: 'error' | 'warning';
}
