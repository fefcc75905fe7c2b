import type { Entity } from '@backstage/catalog-model';
import {
  annotations,
  type DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { buildTemplate } from './buildTemplate';
import { origin } from './origin';
import { resource } from './resources';

/** Namespace of the packs' Domains, so that a tenant may be called like a pack. */
const packsNamespace = 'packs';

const protocols = { mqtt: 'MQTT', http: 'HTTP', postgres: 'PostgreSQL' };

/**
 * Returns a pack as a Domain, each of its archetypes as a Template, and its datasets and connections as Resources. The
 * targets of connections are omitted: they are for platform engineers only.
 */
export function buildPackEntities(pack: DomainPack): Entity[] {
  const { metadata, spec } = pack;
  const [owner] = spec.owners;
  const ofPack = { [annotations.domain]: metadata.name };
  return [
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Domain',
      metadata: {
        name: metadata.name,
        namespace: packsNamespace,
        title: spec.title,
        description: spec.description,
        annotations: { ...origin('pack', metadata.name), ...ofPack },
      },
      spec: { owner, type: 'domain-pack' },
    },
    ...spec.archetypes.map(archetype => buildTemplate(pack, archetype)),
    ...spec.datasets.map(({ key, licence, name, title }) =>
      resource('dataset', [metadata.name, name], {
        metadata: {
          name,
          title: title ?? name,
          description: [
            `Data set of ${spec.title}.`,
            ...(key.length > 0 ? [`Key: ${key.join(', ')}.`] : []),
            `License: ${licence}.`,
          ].join(' '),
          tags: [metadata.name],
          annotations: ofPack,
        },
        spec: { type: 'dataset', owner },
      }),
    ),
    ...(spec.connections ?? []).map(({ description, kind, name, title }) =>
      resource('connection', [metadata.name, name], {
        metadata: {
          name,
          title,
          description: [
            ...(description ? [description] : []),
            `Accessed over ${protocols[kind]}.`,
          ].join(' '),
          tags: [metadata.name, kind],
          annotations: ofPack,
        },
        spec: { type: 'connection', owner },
      }),
    ),
  ];
}
