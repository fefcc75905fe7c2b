import { DEFAULT_NAMESPACE, type Entity } from '@backstage/catalog-model';
import {
  annotations,
  tenantGroupNamespace,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { origin } from './origin';

/** A tenant as a Domain that its owners own, and as a Group of its members. */
export function buildTenantEntities({ metadata, spec }: Tenant): Entity[] {
  const common = {
    name: metadata.name,
    namespace: DEFAULT_NAMESPACE,
    title: spec.title,
    description: spec.purpose,
    annotations: {
      ...origin('tenant', metadata.name),
      [annotations.tenant]: metadata.name,
    },
  };
  const people = (spec.members ?? [])
    .map(member => member.subject)
    .filter(subject => subject.startsWith('user:'));
  return [
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Domain',
      metadata: { ...common, tags: spec.domains },
      spec: { owner: spec.owners[0], type: 'tenant' },
    },
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Group',
      metadata: { ...common, namespace: tenantGroupNamespace },
      spec: {
        type: 'tenant',
        profile: { displayName: `${spec.title} members` },
        children: [],
        members: people,
      },
    },
  ];
}
