import {
  environmentNamespace,
  homeNamespace,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { PhaseState, Placement } from '../../../placement';
import { desiredAllowDns, desiredDefaultDeny } from '../desired';

/** Denies all traffic except DNS in all namespaces; the policies of apps allow the rest. */
export async function applyNetwork(
  { applier, target }: Placement,
  { metadata: { name: tenant }, spec }: Tenant,
  signal: AbortSignal,
): Promise<PhaseState> {
  await applier.apply(
    [
      ...(target ? [] : [desiredDefaultDeny(tenant, homeNamespace(tenant))]),
      ...spec.environments.flatMap(({ name }) => {
        const namespace = environmentNamespace(tenant, name);
        return [
          desiredDefaultDeny(tenant, namespace, name),
          desiredAllowDns(tenant, namespace, name),
        ];
      }),
    ],
    signal,
  );
  return {
    status: 'True',
    reason: 'NetworkReady',
    message: 'Network policies are applied',
  };
}
