import { toKey } from '@bailiwick/backstage-kube-controller';
import type {
  App,
  CallTally,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { addTallies } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Caches } from '../../../cache';

/**
 * Returns the calls of a canary and of the deployed release, which the gateways write into the status of grants.
 *
 * @param startedAt - start of the canary (RFC 3339)
 */
export function sumCanaryCalls(
  { grants }: Pick<Caches, 'grants'>,
  { metadata: { name, namespace } }: App,
  environment: string,
  startedAt: string,
): { canary: CallTally; stable: CallTally } {
  const calls = grants
    .index('app', toKey(name, namespace))
    .filter(({ spec }) => spec.environment === environment)
    .flatMap(({ status }) => status?.canary ?? [])
    .filter(one => one.startedAt === startedAt);
  return {
    canary: addTallies(...calls.map(({ canary }) => canary)),
    stable: addTallies(...calls.map(({ stable }) => stable)),
  };
}
