/** Lines of a log that the portal sends and shows unless another number is chosen. */
export const defaultLogLines = 500;

/** A line of the log of a container. */
export interface LogLine {
  pod: string;
  container: string;
  /** RFC 3339, with nanoseconds. */
  at: string;
  /** Without commands to terminals; what would not show is named, such as `<U+0008>`. */
  text: string;
}

/** The last lines of the log of an app in an environment. */
export interface LogView {
  /** In the order of their time. */
  lines: LogLine[];
  /** What is not shown, in sentences. */
  notes: string[];
}

/** What a log that is followed tells, beginning with `start`. */
export type LogMessage =
  | ({ type: 'start' } & LogView)
  | { type: 'lines'; lines: LogLine[] }
  | { type: 'pods'; came: string[]; went: string[]; notes: string[] };
