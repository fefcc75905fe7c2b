import {
  domainPackKind,
  type DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { basename } from 'node:path';
import type { SourceOfPack } from '../source/readSource';
import { columnChoices } from './columnChoices';

/** Suffix of files that are rendered. */
const template = /\.njk$/;

/** The object of a pack that has no problems: everything that it names is put in. */
export function compileSource({
  archetypes,
  files,
  source,
}: SourceOfPack): DomainPack {
  const { metadata, spec } = source!;
  const datasets = spec.datasets.map(dataset => {
    const text = files.get(dataset.file)!;
    const options = dataset.file.endsWith('.csv') ? columnChoices(text) : {};
    return { ...dataset, options };
  });
  return {
    apiVersion: domainPackKind.apiVersion,
    kind: domainPackKind.kind,
    metadata: { name: metadata.name },
    spec: {
      ...spec,
      datasets,
      archetypes: archetypes.map(archetype => {
        const { datasets: used, tests: _tests, ...rest } = archetype.source!;
        const code = [...archetype.template].map(([path, content]) => ({
          path: path.replace(template, ''),
          content,
          render: template.test(path),
        }));
        const data = datasets
          .filter(({ name }) => used.includes(name))
          .map(({ file }) => ({
            path: `data/${basename(file)}`,
            content: files.get(file)!,
            render: false,
          }));
        return { name: archetype.name, ...rest, files: [...code, ...data] };
      }),
    },
  };
}
