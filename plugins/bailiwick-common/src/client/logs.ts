/** Default number of log lines. @public */
export const defaultLogLines = 500;

/** A line of the log of a container. @public */
export interface LogLine {
  pod: string;
  container: string;
  /** RFC 3339, with nanoseconds. */
  at: string;
  /** Text without terminal sequences; invisible characters are shown by name, such as `<U+0008>`. */
  text: string;
}

/** The last lines of an app's log in an environment. @public */
export interface LogView {
  /** Sorted by time. */
  lines: LogLine[];
  /** Omitted parts, one sentence each. */
  notes: string[];
}

/** A message of a followed log; the first one is `start`. @public */
export type LogMessage =
  | ({ type: 'start' } & LogView)
  | { type: 'lines'; lines: LogLine[] }
  | { type: 'pods'; came: string[]; went: string[]; notes: string[] };
