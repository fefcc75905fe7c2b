import type { DomainPack } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { RenderContext } from './renderArchetype';

/** What an example shows of its pack. */
interface PackOfExample {
  metadata: { name: string };
  spec: Pick<DomainPack['spec'], 'owners' | 'version' | 'vocabulary'>;
}

/** What templates see of an app that is only tried. */
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
