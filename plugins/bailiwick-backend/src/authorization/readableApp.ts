import type {
  Access,
  App,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { coversTarget } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  ReadableApp,
  ReadableEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';

/**
 * Returns an app as far as accesses to it reach: their environments with their functions, and nothing of its source,
 * settings or state. Without access, nothing is returned.
 */
export function readableApp(
  tenant: string,
  { metadata: { name }, spec: { delivery }, status }: App,
  accesses: Access[],
): ReadableApp | undefined {
  if (accesses.length === 0) return undefined;
  const environments = (status?.environments ?? []).flatMap(
    ({ address, contract, name: environment, release, revision }) => {
      const functions = (contract?.functions ?? []).filter(fn =>
        accesses.some(access =>
          coversTarget(access, { app: name, environment, fn: fn.name }),
        ),
      );
      const readable: ReadableEnvironment = {
        name: environment,
        release,
        revision,
        // Problems are for those who can solve them.
        ...(address?.url && { address: { url: address.url } }),
        contract: { functions },
      };
      return functions.length > 0 ? [readable] : [];
    },
  );
  return {
    tenant,
    metadata: { name },
    spec: { delivery },
    status: { environments },
    canCreateToken: true,
  };
}
