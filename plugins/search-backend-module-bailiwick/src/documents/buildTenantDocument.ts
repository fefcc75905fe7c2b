import type { Tenant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { createDocument, type AuthorizedDocument } from './document';

/** Builds the document of a tenant, protected by the permission to read the tenant. */
export function buildTenantDocument({
  metadata: { name },
  spec,
}: Tenant): AuthorizedDocument {
  return createDocument(
    {
      kind: 'tenant',
      title: spec.title,
      text: spec.purpose,
      location: `/tenants/${name}`,
      tenant: spec.title,
    },
    name,
    [name, ...spec.domains],
  );
}
