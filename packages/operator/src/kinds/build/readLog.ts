import {
  coreKinds,
  type Job,
  type Pod,
} from '@bailiwick/backstage-kube-controller';
import { buildLabel, buildsNamespace } from '../../names';
import type { Placement } from '../../placement';

/** Maximum size of a log in bytes; the result is its last line. */
const maxLogBytes = 512 * 1024;

/** Reads the log of the last container that started in the last pod of a Job; empty if none has started. */
export async function readLog(
  { client }: Placement,
  { metadata }: Job,
  signal: AbortSignal,
): Promise<string> {
  const labelSelector = `${buildLabel}=${metadata.labels?.[buildLabel]}`;
  const pods = await client
    .resource<Pod>(coreKinds.pods)
    .list({ namespace: buildsNamespace, labelSelector, signal });
  const [last] = pods
    .filter(startedContainer)
    .sort((a, b) =>
      (b.metadata.creationTimestamp ?? '').localeCompare(
        a.metadata.creationTimestamp ?? '',
      ),
    );
  if (!last) return '';
  return client.request<string>({
    path: `/api/v1/namespaces/${buildsNamespace}/pods/${last.metadata.name}/log`,
    query: { container: startedContainer(last)!, tailLines: 1000 },
    maxBytes: maxLogBytes,
    signal,
  });
}

function startedContainer({ status }: Pod): string | undefined {
  const all = [
    ...(status?.initContainerStatuses ?? []),
    ...(status?.containerStatuses ?? []),
  ];
  return all.findLast(({ state }) => state?.running ?? state?.terminated)?.name;
}
