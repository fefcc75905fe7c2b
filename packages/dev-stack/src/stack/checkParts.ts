import {
  clusterName,
  paths,
  type PartState,
  type StackOptions,
  type StackState,
} from '@bailiwick/backstage-cli';
import { KubeClient } from '@bailiwick/backstage-kube-controller';
import {
  clusterPaths,
  lockHolder,
  startOf,
  tryReadState,
} from '@bailiwick/backstage-local-cluster';
import { readAnswer } from '../process/ManagedProcess';
import { readyUrls } from './readyUrls';

const clusterTimeoutMs = 2_000;

/**
 * State of the operator: reconciling, standing by, not responding, or unknown because the cluster does not respond.
 */
export type OperatorRole =
  | 'leading'
  | 'standing by'
  | 'not responding'
  | 'unknown';

/** A part as it is now, rather than as the supervisor saw it last. */
export interface CheckedPart extends PartState {
  /** Set for a part that was ready and does not respond now. */
  isSilent?: boolean;
}

/** Returns all parts of a running Bailiwick after asking each ready one again, and the operator's role. */
export async function checkParts(
  options: StackOptions,
  { addresses, kubeconfig, parts }: StackState,
): Promise<{ parts: CheckedPart[]; role?: OperatorRole }> {
  const urls: Record<string, string> = readyUrls(addresses);
  let answer: string | undefined;
  const checked = await Promise.all(
    parts.map(async (part): Promise<CheckedPart> => {
      if (!part.ready) return part;
      let responds: boolean;
      if (part.name === 'cluster') {
        responds = await clusterResponds(options, kubeconfig);
      } else {
        const text = await readAnswer(urls[part.name]);
        if (part.name === 'operator') answer = text?.trim();
        responds = text !== undefined;
      }
      return responds ? part : { ...part, ready: false, isSilent: true };
    }),
  );
  const find = (name: string) => checked.find(part => part.name === name);
  const operator = find('operator');
  // One that has never been ready, or has ended, has no role: its row says so.
  if (!operator?.pid || operator.seconds === undefined)
    return { parts: checked };
  if (answer !== 'leading' && answer !== 'standing by')
    return { parts: checked, role: 'not responding' };
  // A leader notices the loss of the cluster only after the time of its lease.
  const isClusterReady = find('cluster')?.ready ?? true;
  return { parts: checked, role: isClusterReady ? answer : 'unknown' };
}

async function clusterResponds(
  options: StackOptions,
  kubeconfig: string,
): Promise<boolean> {
  // A user's own kubeconfig may select another cluster now.
  const cluster = tryReadState(paths(options).clusterState);
  if (cluster?.provider === 'existing') return true;
  const client = KubeClient.fromKubeconfig({
    path: kubeconfig,
    userAgent: 'bailiwick-status',
  });
  try {
    await client.request({ path: '/livez', timeout: clusterTimeoutMs });
    return true;
  } catch {
    return false;
  } finally {
    await client.close();
  }
}

/** Returns the processes that an ended supervisor left: names and process IDs. */
export function findLeftovers(
  options: StackOptions,
  state: StackState | undefined,
): { name: string; pid: number }[] {
  const cluster = lockHolder(clusterPaths(options.dataDir, clusterName).lock);
  const parts = (state?.parts ?? []).flatMap(({ name, pid, processStart }) =>
    name !== 'cluster' && pid && processStart && startOf(pid) === processStart
      ? [{ name, pid }]
      : [],
  );
  return cluster === undefined
    ? parts
    : [{ name: 'cluster', pid: cluster }, ...parts];
}
