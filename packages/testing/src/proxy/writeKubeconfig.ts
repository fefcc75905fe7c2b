import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';

/** Writes a kubeconfig for a server; returns its path. */
export function writeKubeconfig(
  folder: string,
  server: string,
  user: object = {},
  cluster: object = {},
): string {
  const path = join(mkdtempSync(join(folder, 'client-')), 'kubeconfig');
  const name = 'faults';
  writeFileSync(
    path,
    stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': name,
      clusters: [{ name, cluster: { server, ...cluster } }],
      users: [{ name, user }],
      contexts: [{ name, context: { cluster: name, user: name } }],
    }),
  );
  return path;
}
