import type {
  RequestView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { useLiveList } from '@bailiwick/backstage-plugin-bailiwick-react';
import { describeValue, fieldWords } from './describeValue';
import { FactSection } from './FactSection';

/** What a request would change: each proposed field, before → after where the reader sees the tenant. */
export function ProposedChanges({ spec }: Pick<RequestView, 'spec'>) {
  const tenants = useLiveList<TenantView>('/tenants');
  const isTenant = spec.target.kind === 'Tenant';
  const tenant = tenants.value?.find(
    ({ metadata }) => isTenant && metadata.name === spec.target.name,
  );
  const before = tenant?.spec as Record<string, unknown> | undefined;
  const changes = Object.entries(spec.proposed).map(
    ([field, after]): [string, string] => [
      fieldWords(field),
      before
        ? `${describeValue(before[field])} → ${describeValue(after)}`
        : describeValue(after),
    ],
  );
  return <FactSection title="What will change" facts={changes} />;
}
