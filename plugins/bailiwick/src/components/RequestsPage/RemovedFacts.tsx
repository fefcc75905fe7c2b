import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { Facts } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Section } from '../Section';

/** Lists the objects that an offboarding deleted, and those that remain. */
export function RemovedFacts({ status }: Pick<RequestView, 'status'>) {
  const { removed } = status ?? {};
  if (!removed) return null;
  const { left, objects } = removed;
  const proof =
    left === undefined
      ? 'counted after the deletion'
      : `${left === 0 ? 'nothing' : left}`;
  return (
    <Section title="Deleted with the tenant">
      <Facts
        facts={[
          ...objects.map(({ count, kind }): [string, number] => [kind, count]),
          ['Remaining', proof],
        ]}
      />
    </Section>
  );
}
