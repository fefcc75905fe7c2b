import { compileSource } from '../../compile';
import { proposedAnswers } from '../../parameters';
import type { Problem } from '../../Problem';
import { renderArchetype } from '../../render';
import type { SourceOfArchetype, SourceOfPack } from '../../source/readSource';
import { problemAt, repeated } from '../Known';

const hasFunctions = /^functions(\.py|\/__init__\.py)$/;
const isTest = /^tests\/test_[a-z0-9_]+\.py$/;

/** Code templates that lack something, or that cannot be rendered with the answers of the tests. */
export function checkTemplates(pack: SourceOfPack): Problem[] {
  return pack.archetypes.flatMap(archetype => {
    const { folder, template } = archetype;
    const lacking = partProblems(archetype);
    if (template.size === 0 || lacking.length > 0) return lacking;
    const data = (archetype.source?.datasets ?? []).flatMap(
      name =>
        pack.source?.spec.datasets.find(one => one.name === name)?.file ?? [],
    );
    const collisions = [...template.keys()]
      .filter(path => data.includes(path.replace(/\.njk$/, '')))
      .map(path => ({
        file: `${folder}/template/${path}`,
        what: 'A data set of the archetype has this path',
        remedy: 'Delete the file; apps get the data set',
      }));
    return collisions.length > 0 ? collisions : renderProblems(pack, archetype);
  });
}

function partProblems({
  document,
  folder,
  template,
}: SourceOfArchetype): Problem[] {
  const paths = [...template.keys()].map(path => path.replace(/\.njk$/, ''));
  const lacks = (what: string, remedy: string) =>
    problemAt(document, [], what, remedy);
  return [
    ...(paths.some(path => hasFunctions.test(path))
      ? []
      : [
          lacks(
            'Its template has no functions',
            `Write ${folder}/template/functions.py.njk`,
          ),
        ]),
    ...(paths.some(path => isTest.test(path))
      ? []
      : [
          lacks(
            'Its template has no Python tests',
            `Write ${folder}/template/tests/test_functions.py`,
          ),
        ]),
    ...(paths.includes('README.md')
      ? []
      : [
          lacks(
            'Its template has no README.md',
            `Write ${folder}/template/README.md.njk; builders read it first`,
          ),
        ]),
    ...repeated(paths).map(position => ({
      file: `${folder}/template/${paths[position]}`,
      what: 'It is there twice, with and without .njk',
      remedy: 'Delete one of them',
    })),
  ];
}

/** What goes wrong when the template is rendered with what the form proposes, and for each test. */
function renderProblems(
  pack: SourceOfPack,
  archetype: SourceOfArchetype,
): Problem[] {
  const { folder, source } = archetype;
  if (!source || !pack.source) return [];
  const { metadata, spec } = pack.source;
  const proposed = proposedAnswers(source.parameters);
  const required = (source.parameters.required ?? []) as string[];
  const isComplete = required.every(name => name in proposed);
  const all = [
    ...(isComplete ? [{}] : []),
    ...source.tests.map(({ answers = {} }) => answers),
  ];
  const files = compileSource({
    ...pack,
    source: { ...pack.source, spec: { ...spec, datasets: [] } },
    archetypes: [{ ...archetype, source: { ...source, datasets: [] } }],
  }).spec.archetypes[0].files;
  const faults = all.flatMap(answers => {
    try {
      renderArchetype(
        { files },
        {
          values: {
            name: 'example',
            title: 'Example',
            description: '',
            tenant: 'example',
            owner: spec.owners[0],
            ...proposed,
            ...answers,
          },
          vocabulary: spec.vocabulary,
          pack: { name: metadata.name, version: spec.version },
        },
      );
      return [];
    } catch (error) {
      return [(error as Error).message];
    }
  });
  return [...new Set(faults)].map(message => {
    const [, path, why] =
      /^The template of (.*?) cannot be rendered: (?:Error: )?([^]*)$/.exec(
        message,
      ) ?? [];
    const line = Number(/line (\d+)/.exec(why ?? '')?.[1]) || undefined;
    return {
      file: `${folder}/template/${path}.njk`,
      ...(line && { line }),
      what: `It cannot be rendered: ${(why ?? message).split('\n')[0]}`,
      remedy: 'Correct the template, or the answers of the tests',
    };
  });
}
