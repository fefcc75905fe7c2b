/**
 * A failure a person can do something about.
 *
 * @remarks `message` says what happened in one sentence, `remedy` what to do next.
 */
export class ClusterError extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ClusterError';
    this.remedy = remedy;
  }
}

/** What the system, Go programs and etcd say when nothing more can be written. */
const noSpace = /ENOSPC|no space left on device|database space exceeded/i;

/** Limits of the kernel that are reported by the same error. */
const notDisk = /inotify|watch|cgroup/i;

/** Returns the two sentences about a full disk if an error comes from one. */
export function fullDisk(
  error: unknown,
): { message: string; remedy: string } | undefined {
  const text = error instanceof Error ? error.message : String(error);
  return noSpace.test(text) && !notDisk.test(text)
    ? {
        message: 'A disk is full.',
        remedy:
          'df -h shows which one. Free some space and start again; the data is kept.',
      }
    : undefined;
}

/** Turns anything thrown into the two sentences a person reads. */
export function explain(error: unknown): { message: string; remedy: string } {
  const full = fullDisk(error);
  if (full) return full;
  if (error instanceof ClusterError) {
    return { message: error.message, remedy: error.remedy };
  }
  return {
    message: error instanceof Error ? error.message : String(error),
    remedy: 'Look into the logs: bailiwick-cluster logs <component>.',
  };
}
