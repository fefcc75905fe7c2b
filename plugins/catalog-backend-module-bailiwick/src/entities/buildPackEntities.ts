import type { Entity } from '@backstage/catalog-model';
import {
  annotations,
  type DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { buildTemplate } from './buildTemplate';
import { origin } from './origin';

/** Namespace of the packs' Domains, so that a tenant may be called like a pack. */
const packsNamespace = 'packs';

/** A pack as a Domain, and each of its archetypes as a Template. */
export function buildPackEntities(pack: DomainPack): Entity[] {
  const { metadata, spec } = pack;
  return [
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Domain',
      metadata: {
        name: metadata.name,
        namespace: packsNamespace,
        title: spec.title,
        description: spec.description,
        annotations: {
          ...origin('pack', metadata.name),
          [annotations.domain]: metadata.name,
        },
      },
      spec: { owner: spec.owners[0], type: 'domain-pack' },
    },
    ...spec.archetypes.map(archetype => buildTemplate(pack, archetype)),
  ];
}
