import type { Pod } from '@bailiwick/backstage-kube-controller';
import { readdirSync, readFileSync } from 'node:fs';

/**
 * Suspends the processes of a pod, so that they neither respond nor end; returns a function that resumes them.
 *
 * @throws Error when none are found
 */
export function freezePod({ metadata: { name, uid = '' } }: Pod): () => void {
  const pids = readdirSync('/proc').filter(
    pid => /^\d+$/.test(pid) && runsIn(pid, uid),
  );
  if (uid === '' || pids.length === 0)
    throw new Error(`No process of the pod ${name} was found`);
  const signal = (sent: NodeJS.Signals) => {
    for (const pid of pids) send(Number(pid), sent);
  };
  signal('SIGSTOP');
  return () => signal('SIGCONT');
}

/** Whether a process is one of our runtime in the control group of a pod. */
function runsIn(pid: string, uid: string): boolean {
  try {
    const isInPod = readFileSync(`/proc/${pid}/cgroup`, 'utf8').includes(uid);
    return (
      isInPod && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('python')
    );
  } catch {
    return false; // ended meanwhile
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
