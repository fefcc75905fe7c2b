import { stringifyEntityRef } from '@backstage/catalog-model';
import type { DomainPack } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { firstSentence } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { createDocument, type AuthorizedDocument } from './document';

/**
 * Builds the documents of a domain pack and of the terms of its vocabulary, protected by the permission to read
 * the pack's entity.
 */
export function buildPackDocuments({
  metadata: { name },
  spec,
}: DomainPack): AuthorizedDocument[] {
  const namespace = 'packs';
  const location = `/catalog/${namespace}/domain/${name}`;
  const reference = stringifyEntityRef({ kind: 'domain', namespace, name });
  return [
    createDocument(
      {
        kind: 'domain',
        title: spec.title,
        text: firstSentence(spec.description),
        location,
        domain: spec.title,
      },
      reference,
      [name],
    ),
    ...spec.vocabulary.map(word =>
      createDocument(
        {
          kind: 'term',
          title: word.name,
          text: firstSentence(word.description ?? ''),
          location: `${location}#${encodeURIComponent(word.name)}`,
          domain: spec.title,
        },
        reference,
        [word.name, word.unit],
      ),
    ),
  ];
}
