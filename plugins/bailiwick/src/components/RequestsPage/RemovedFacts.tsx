import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { FactSection } from './FactSection';

/** What an offboarding deleted, and whether anything is left of it. */
export function RemovedFacts({ status }: Pick<RequestView, 'status'>) {
  const { removed } = status ?? {};
  if (!removed) return null;
  const { left, objects } = removed;
  const proof =
    left === undefined
      ? 'counted when everything is gone'
      : `${left === 0 ? 'nothing' : left}`;
  return (
    <FactSection
      title="What belonged to the tenant"
      facts={[
        ...objects.map(({ count, kind }): [string, string] => [
          kind,
          String(count),
        ]),
        ['Left of it', proof],
      ]}
    />
  );
}
