import { compileSource } from '../../compile';
import { proposedAnswers, resolveParameters } from '../../parameters';
import type { Problem } from '../../Problem';
import { renderArchetype } from '../../render';
import type { SourceOfArchetype, SourceOfPack } from '../../source/readSource';
import { knownOf, oneOf, problemAt, repeated } from '../Known';

const hasFunctions = /^functions(\.py|\/__init__\.py)$/;
/** A place that a value is written to. */
const written = /\$\{\{-?([^]*?)-?\}\}/g;
/** A call of `bailiwick.setting` with a name that is written out. */
const readSetting = /\bsetting\(\s*["'](\w+)["']/g;
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
    if (collisions.length > 0) return collisions;
    return [
      ...rawTexts(pack, archetype),
      ...strangeSettings(archetype),
      ...renderProblems(pack, archetype),
    ];
  });
}

/** Settings that the code reads and nobody can set: what the environment says would never arrive. */
function strangeSettings({
  folder,
  source,
  template,
}: SourceOfArchetype): Problem[] {
  const names = Object.keys(
    (source?.settings?.properties as object | undefined) ?? {},
  );
  return [...template]
    .filter(([path]) => /\.py(\.njk)?$/.test(path))
    .flatMap(([path, text]) =>
      [...text.matchAll(readSetting)]
        .filter(({ 1: name }) => !names.includes(name))
        .map(({ 1: name, index }) => ({
          file: `${folder}/template/${path}`,
          line: lineAt(text, index),
          what: `The archetype has no setting "${name}"`,
          remedy:
            names.length > 0
              ? oneOf(names)
              : 'Describe it under settings.properties of archetype.yaml, with a default',
        })),
    );
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

/** Places where a text that somebody types becomes Python as it is. */
function rawTexts(
  pack: SourceOfPack,
  { folder, source, template }: SourceOfArchetype,
): Problem[] {
  if (!source) return [];
  const { properties = {} } = resolveParameters(source.parameters, {
    vocabulary: knownOf(pack).vocabulary as never,
  });
  const isText = (name: string) =>
    ['title', 'description'].includes(name) ||
    !['number', 'integer', 'boolean', undefined].includes(
      properties[name]?.type,
    );
  return [...template]
    .filter(([path]) => path.endsWith('.py.njk'))
    .flatMap(([path, text]) =>
      [...text.matchAll(written)].flatMap(({ 1: expression, index }) => {
        const [, name] = /\bvalues\.(\w+)/.exec(expression) ?? [];
        if (!name || !isText(name) || /\|\s*python\b/.test(expression))
          return [];
        return {
          file: `${folder}/template/${path}`,
          line: lineAt(text, index),
          what: `What somebody answers to ${name} would become code as it is`,
          remedy: `Write it as a literal: \${{ values.${name} | python }}`,
        };
      }),
    );
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
      /^The template of (.*?) cannot be rendered: (?:\w*Error: )*([^]*)$/.exec(
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
