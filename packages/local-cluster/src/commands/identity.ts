import { resolve } from 'node:path';
import { ClusterError } from '../ClusterError';
import { issueIdentity } from '../lifecycle/issueIdentity';
import type { Arguments } from './arguments';
import { note } from './output';

/** Writes a kubeconfig with a client certificate for a user name and groups. */
export async function identity(options: Arguments): Promise<number> {
  const [commonName] = options.positionals;
  if (!commonName || !options.out) {
    throw new ClusterError(
      'The user or the output file is missing.',
      'bailiwick-cluster identity bailiwick:operator --group bailiwick:system --out FILE',
    );
  }
  const { dataDir, name, groups, out } = options;
  await issueIdentity({ dataDir, name, commonName, groups, out: resolve(out) });
  note(`Wrote ${resolve(out)} for ${commonName}.`);
  return 0;
}
