import type { DomainPack } from '@bailiwick/backstage-plugin-bailiwick-common';
import type { RenderContext } from './renderArchetype';

/** What templates see of an app that is only tried. */
export function exampleContext(
  { metadata, spec }: DomainPack,
  answers: Record<string, unknown>,
): RenderContext {
  return {
    values: {
      name: 'example',
      title: 'Example',
      description: '',
      tenant: 'example',
      owner: spec.owners[0],
      ...answers,
    },
    vocabulary: spec.vocabulary,
    pack: { name: metadata.name, version: spec.version },
  };
}
