import type {
  AppView,
  ReadableApp,
  ReadableEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';

/** Address of an app's data. */
export interface DataAddress {
  environment: string;
  /** Address of the function if there is only one, otherwise the common prefix of all functions. */
  url: string;
}

/**
 * Returns the prefix of all functions of an app in an environment: its own address, otherwise one of the gateway.
 *
 * @param gateway - the gateway's address as readers see it; without it, only an own address is known
 */
export function appAddress<Gateway extends string | undefined>(
  { metadata, tenant }: Pick<ReadableApp, 'metadata' | 'tenant'>,
  { address, name }: ReadableEnvironment,
  gateway: Gateway,
): string | Gateway {
  return (
    address?.url ??
    (gateway && `${gateway}/v1/${tenant}/${name}/${metadata.name}`)
  );
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
  if (!serving) return undefined;
  const { contract, name: environment } = serving;
  const base = appAddress({ metadata, tenant }, serving, gateway);
  if (!base) return undefined;
  const [fn, ...others] = contract!.functions;
  return {
    environment,
    url: others.length > 0 ? base : `${base}/${fn.name}`,
  };
}
