import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { Contract } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** Returns the contract of the code that runs as a draft. */
export function contractOfDraft({
  spec,
  status,
}: AppView): Contract | undefined {
  const drafts = new Set(
    spec.environments.flatMap(({ name, revision }) => (revision ? [name] : [])),
  );
  return status?.environments?.find(
    ({ contract, name }) => drafts.has(name) && contract,
  )?.contract;
}
