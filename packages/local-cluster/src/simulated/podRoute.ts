import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Has the API server reach pods through an HTTP CONNECT proxy, as where its own network does not
 * lead to them.
 *
 * @param folder - where the configuration is written
 * @param socket - path of the Unix socket on which the proxy listens
 * @returns arguments for the API server
 */
export function podRoute(folder: string, socket: string): string[] {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'egress.json');
  const connection = {
    proxyProtocol: 'HTTPConnect',
    transport: { uds: { udsName: socket } },
  };
  writeFileSync(
    file,
    JSON.stringify({
      apiVersion: 'apiserver.k8s.io/v1beta1',
      kind: 'EgressSelectorConfiguration',
      egressSelections: [{ name: 'cluster', connection }],
    }),
  );
  return [`--egress-selector-config-file=${file}`];
}
