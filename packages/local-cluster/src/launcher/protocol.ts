/** One line to the launcher; mirrors `Command` in go/launch/protocol.go. */
export type LauncherCommand =
  | {
      do: 'start';
      name: string;
      path: string;
      arguments: string[];
      environment?: string[];
      log: string;
    }
  | { do: 'signal'; name: string; signal: number }
  | { do: 'stop'; order: string[][] };

/** One line from the launcher; mirrors `Event` in go/launch/protocol.go. */
export interface LauncherEvent {
  event: 'ready' | 'started' | 'exited' | 'failed' | 'stopped';
  name?: string;
  /** Process id inside the launcher's own PID namespace. */
  pid?: number;
  code: number;
  message?: string;
}
