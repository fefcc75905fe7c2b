import { proposedAnswers } from '../../parameters/proposedAnswers';
import type { Problem } from '../../problem/Problem';
import type { RenderedFile } from '../../render';
import type { ArchetypeSource, PackSource } from '../../source/readSource';
import { resolveSchema } from './KnownNames';

/** A place that a value is written to. */
const written = /\$\{\{-?([^]*?)-?\}\}/g;
/**
 * Placeholder that no template contains. It marks the ends of lines, because a literal would belong to the line before.
 */
const mark = 'x7q0mark';
const typed = `"'\n${mark}`;
const asItIs = new RegExp(`\\n\\s*${mark}`, 'i');

type Schema = Record<string, any>;

/** Renders the templates of an archetype with some answers. @throws Error when it cannot be done */
type Render = (answers: Record<string, unknown>) => RenderedFile[];

/** Line of a place in a text, from 1. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

/** Returns the places where user input becomes Python code unescaped, as written and as rendered. */
export function rawTexts(
  pack: PackSource,
  archetype: ArchetypeSource,
  render: Render,
): Problem[] {
  const { folder, source, template } = archetype;
  if (!source) return [];
  const { properties = {} } = resolveSchema(pack, source.parameters);
  const texts = Object.entries(properties as Schema)
    .filter(
      ([, { type }]) =>
        !['number', 'integer', 'boolean', undefined].includes(type),
    )
    .map(([name]) => name);
  const names = ['title', 'description', ...texts];
  const plain = [...template]
    .filter(([path]) => path.endsWith('.py.njk'))
    .flatMap(([path, text]) =>
      [...text.matchAll(written)].flatMap(({ 1: expression, index }) => {
        const [, name = ''] = /\bvalues\.(\w+)/.exec(expression) ?? [];
        return !names.includes(name) || /\|\s*python\b/.test(expression)
          ? []
          : {
              file: `${folder}/template/${path}`,
              line: lineAt(text, index),
              what: `The answer to ${name} is inserted into code unescaped`,
              remedy: `Insert it as a literal: \${{ values.${name} | python }}`,
            };
      }),
    );
  return plain.length > 0
    ? plain
    : names.flatMap(name =>
        roundabout(name, properties[name] ?? {}, archetype, render),
      );
}

/** An answer whose every text would show where it is written as it is. */
function hostile({ items, properties, type }: Schema): unknown {
  if (type === 'array') return [hostile(items ?? {})];
  if (type !== 'object')
    return ['number', 'integer'].includes(`${type}`) ? 1 : typed;
  const known = Object.entries((properties ?? {}) as Schema);
  return known.length > 0
    ? Object.fromEntries(known.map(([name, one]) => [name, hostile(one)]))
    : { [typed]: typed };
}

/** Files that an answer reaches as it is by a loop, a variable or a part of it. */
function roundabout(
  name: string,
  schema: Schema,
  { folder, source }: ArchetypeSource,
  render: Render,
): Problem[] {
  const proposed = proposedAnswers(source!.parameters);
  // What a template does with an answer may depend on the others.
  const all = [{}, ...source!.tests.map(({ answers = {} }) => answers)];
  const files = all.flatMap(others => {
    try {
      return render({
        ...proposed,
        ...others,
        [name]: hostile(schema),
      });
    } catch {
      // Told where templates are rendered with answers that fit.
      return [];
    }
  });
  const paths = files
    .filter(({ content, path }) => path.endsWith('.py') && asItIs.test(content))
    .map(({ path }) => path);
  return [...new Set(paths)].map(path => ({
    file: `${folder}/template/${path}.njk`,
    what: `The answer to ${name} is inserted into code unescaped, indirectly`,
    remedy:
      'End each ${{ … }} that uses it with | python, including in loops and variables',
  }));
}
