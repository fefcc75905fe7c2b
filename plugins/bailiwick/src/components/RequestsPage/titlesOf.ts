import type {
  RequestView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';

/** Returns the display names of the tenant and of the target of a request, by name. */
export function titlesOf(
  { spec: { target }, targetTitle }: Pick<RequestView, 'spec' | 'targetTitle'>,
  tenant: TenantView | undefined,
): Record<string, string | undefined> {
  return {
    ...(tenant && { [tenant.metadata.name]: tenant.spec.title }),
    [target.name]: targetTitle,
  };
}
