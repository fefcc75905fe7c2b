import type {
  ChangeRequest,
  Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';

/** Returns the display name of the tenant or app of a request; `undefined` if it does not exist or has none. */
export function targetTitleOf(
  { spec: { target } }: ChangeRequest,
  tenant: Tenant | undefined,
  { apps }: Pick<KubernetesService['lists'], 'apps'>,
): string | undefined {
  if (!tenant || target.kind === 'Tenant') return tenant?.spec.title;
  return apps.get(target.name, target.namespace)?.spec.title;
}
