import type {
  RequestView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { Section } from '../Section';
import { ChangeList } from './ChangeList';
import { changesOf } from './changesOf';

/** Lists the changes of a request, as before → after if the previous value is known. */
export function ProposedChanges({
  request: { spec, status },
  tenant,
}: {
  request: Pick<RequestView, 'spec' | 'status'>;
  /** The tenant that it is about, where the reader sees it. */
  tenant?: TenantView;
}) {
  const isDone = status?.phase === 'Applied';
  // The tenant's current values are not those before a completed change.
  const before = status?.before ?? (isDone ? undefined : tenant?.spec);
  return (
    <Section title={isDone ? 'Changes made' : 'Changes'}>
      <ChangeList changes={changesOf(spec, before)} />
    </Section>
  );
}
