import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Names the pod of a process, whose containers follow each other and never overlap. */
const podPattern = /_pod\.(?<pod>[0-9a-f-]{36})\.[0-9a-f]{8}$/;

/** Names a process so that other processes of the machine can find out whether it has ended. */
const pattern = /_(?<pid>\d+)\.(?<started>\d+)\.(?<space>[0-9a-f]{12})$/;

/**
 * Returns a unique name for this process, across machines. On Linux, other processes of the machine can determine from
 * the name whether this one has ended; in a pod, where the environment has `POD_UID`, the next container of the pod
 * can.
 *
 * @public
 */
export function createProcessIdentity(env = process.env): string {
  const { pid } = process;
  if (env.POD_UID)
    return `${hostname()}_pod.${env.POD_UID}.${randomUUID().slice(0, 8)}`;
  const started = statOf(pid)?.started;
  const space = processSpace();
  return started && space
    ? `${hostname()}_${pid}.${started}.${space}`
    : `${hostname()}_${randomUUID()}`;
}

/**
 * Whether another process with a name of {@link createProcessIdentity} has ended for certain. Only processes with the
 * same kernel and process ids, or in a later container of its pod, can know; for others a process has not ended.
 */
export function hasEnded(identity: string, env = process.env): boolean {
  const { pod } = podPattern.exec(identity)?.groups ?? {};
  if (pod) return pod === env.POD_UID;
  const { pid, space, started } = pattern.exec(identity)?.groups ?? {};
  if (!pid || space !== processSpace()) return false;
  const stat = statOf(Number(pid));
  if (stat) return stat.isDead || stat.started !== started;
  // Processes of other users may be hidden in /proc, but not from signals.
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Identifies this boot of the machine and the namespace in which process ids are counted. */
function processSpace(): string | undefined {
  const boot = read('/proc/sys/kernel/random/boot_id');
  if (!boot) return undefined;
  const hash = createHash('sha256').update(boot);
  try {
    hash.update(readlinkSync('/proc/self/ns/pid'));
  } catch {
    return undefined;
  }
  return hash.digest('hex').slice(0, 12);
}

/** Reads the state of a process and the time of its start, in clock ticks since boot. */
function statOf(pid: number): { isDead: boolean; started: string } | undefined {
  const stat = read(`/proc/${pid}/stat`);
  // The name in parentheses may contain spaces; the start time is field 20 after it.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields && { isDead: /^[ZX]/i.test(fields[0]), started: fields[19] };
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
