import { directEnvironment } from '../network/directEnvironment';
import { run } from '../process/run';

/** Arguments of `kubectl apply`: server-side, as the owner of the fields that are set. */
export const asOwner = [
  '--server-side',
  '--force-conflicts',
  '--field-manager=bailiwick-local-cluster',
];

/** Applies objects server-side, as the owner of the fields they set. */
export async function applyObjects(
  kubectl: string,
  kubeconfig: string,
  objects: readonly object[],
): Promise<void> {
  const list = { apiVersion: 'v1', kind: 'List', items: objects };
  await run(
    kubectl,
    [`--kubeconfig=${kubeconfig}`, 'apply', ...asOwner, '--filename=-'],
    {
      input: JSON.stringify(list),
      timeout: 60_000,
      environment: directEnvironment(),
    },
  );
}
