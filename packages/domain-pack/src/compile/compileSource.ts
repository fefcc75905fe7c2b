import {
  annotations,
  domainPackKind,
  type DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { basename } from 'node:path';
import { resolveParameters } from '../parameters/resolveParameters';
import type { PackSource } from '../source/readSource';
import { testResultsOf } from '../testResults';
import { compileDatasets } from './compileDatasets';
import { withFieldOrder } from './withFieldOrder';

/** Suffix of files that are rendered. */
const template = /\.njk$/;

/** The object of a pack that has no problems: everything that it names is put in. */
export function compileSource(pack: PackSource): DomainPack {
  const { archetypes, files, source } = pack;
  const { metadata, spec } = source!;
  const datasets = compileDatasets(pack);
  const results = testResultsOf(files);
  const { presentation, ...rest } = spec;
  return {
    apiVersion: domainPackKind.apiVersion,
    kind: domainPackKind.kind,
    metadata: {
      name: metadata.name,
      ...(results && {
        annotations: { [annotations.tested]: JSON.stringify(results) },
      }),
    },
    spec: {
      ...rest,
      ...(presentation && {
        presentation: {
          ...presentation,
          ...(presentation.icon && { icon: files.get(presentation.icon)! }),
        },
      }),
      datasets,
      archetypes: archetypes.map(archetype => {
        const {
          datasets: used,
          settings,
          shared: _shared,
          tests: _tests,
          ...fields
        } = archetype.source!;
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
        return {
          name: archetype.name,
          ...fields,
          parameters: withFieldOrder(fields.parameters),
          // The operator reads a plain schema.
          ...(settings && {
            settings: withFieldOrder(resolveParameters(settings, spec)),
          }),
          files: [...code, ...data],
        };
      }),
    },
  };
}
