import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';

/** Address of an app's data. */
export interface DataAddress {
  environment: string;
  /** Address of the function if there is only one, otherwise the common prefix of all functions. */
  url: string;
}

/**
 * Returns where the data of an app is read: in the last environment of its pipeline that serves functions.
 *
 * @param gateway - the gateway's address as readers see it; absent without a gateway
 */
export function dataAddress(
  { metadata, status, tenant }: Pick<AppView, 'metadata' | 'status' | 'tenant'>,
  gateway: string | undefined,
): DataAddress | undefined {
  const serving = status?.environments?.findLast(
    ({ contract }) => contract && contract.functions.length > 0,
  );
  if (!gateway || !serving) return undefined;
  const { address, contract, name: environment } = serving;
  const base =
    address?.url ?? `${gateway}/v1/${tenant}/${environment}/${metadata.name}`;
  const [fn, ...others] = contract!.functions;
  return {
    environment,
    url: others.length > 0 ? base : `${base}/${fn.name}`,
  };
}
