/**
 * A failure with a remedy.
 *
 * @remarks `message` describes it in one sentence, `remedy` contains the next step.
 */
export class ClusterError extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ClusterError';
    this.remedy = remedy;
  }
}

/** Messages of the system, Go programs and etcd about a full disk. */
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
          'df -h shows which one. Free some space, and run the command again; the data is kept.',
      }
    : undefined;
}

/** Messages of Node.js and Go programs about the kernel's inotify limits, which all processes of a user share. */
const noInotify =
  /inotify(_init\d?)?: too many open files|inotify_add_watch.*no space left|System limit for number of file watchers/;

/** Turns anything thrown into the two sentences a person reads. */
export function explain(error: unknown): { message: string; remedy: string } {
  const full = fullDisk(error);
  if (full) return full;
  const text = error instanceof Error ? error.message : String(error);
  if (noInotify.test(text))
    return {
      message: `The kernel's limit of file watches is reached: ${text}`,
      remedy:
        'Other clusters and editors count, too. Raise the limit with: sysctl fs.inotify.max_user_instances=1024 fs.inotify.max_user_watches=524288. Then start again.',
    };
  if (error instanceof ClusterError) {
    return { message: error.message, remedy: error.remedy };
  }
  return {
    message: text,
    remedy: 'Check the logs: bailiwick-cluster logs <component>.',
  };
}
