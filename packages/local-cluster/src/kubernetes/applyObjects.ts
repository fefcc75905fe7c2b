import { directEnvironment } from '../network/directEnvironment';
import { run } from '../process/run';

/** Applies objects server-side, as the owner of the fields they set. */
export async function applyObjects(
  kubectl: string,
  kubeconfig: string,
  objects: readonly object[],
): Promise<void> {
  const list = { apiVersion: 'v1', kind: 'List', items: objects };
  await run(
    kubectl,
    [
      `--kubeconfig=${kubeconfig}`,
      'apply',
      '--server-side',
      '--force-conflicts',
      '--field-manager=bailiwick-local-cluster',
      '--filename=-',
    ],
    {
      input: JSON.stringify(list),
      timeout: 60_000,
      environment: directEnvironment(),
    },
  );
}
