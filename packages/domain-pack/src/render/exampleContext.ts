import type { DomainPack } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { RenderContext } from './renderArchetype';

/** Fields of a pack that its examples use. */
interface PackOfExample {
  metadata: { name: string };
  spec: Pick<DomainPack['spec'], 'owners' | 'version' | 'vocabulary'>;
}

/** Returns the template context of an example app. @public */
export function exampleContext(
  { metadata, spec }: PackOfExample,
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
