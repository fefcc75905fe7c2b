import type {
  Archetype,
  DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { createTemplateRenderer } from 'nunjitsu';
import { vocabularyModule } from './vocabularyModule';

/** Module with the vocabulary types of the pack. */
const vocabularyFile = 'vocabulary.py';

/** A file of a rendered app: its path in the repository and its text. @public */
export interface RenderedFile {
  path: string;
  content: string;
}

/** Context of the templates of an archetype. @public */
export interface RenderContext {
  /** Name, title and owner of the app, its tenant, and the answers of the form. */
  values: Record<string, unknown>;
  vocabulary: DomainPack['spec']['vocabulary'];
  pack: { name: string; version: string };
}

/** Raw blocks, which stay unchanged, and output expressions. */
const places =
  /\{%-?\s*raw\s*-?%\}[^]*?\{%-?\s*endraw\s*-?%\}|\$\{\{(-?)([^]*?)(-?)\}\}/g;

/** Applies the filter `given` to each output expression, so that a missing value is an error. */
function strict(template: string): string {
  return template.replace(places, (place, open, expression, close) =>
    expression === undefined
      ? place
      : `\${{${open} (${expression}) | given(${JSON.stringify(
          expression.split('|')[0].trim(),
        )}) ${close}}}`,
  );
}

/** Start of the message about a missing value. */
export const noValue = 'No value for ';

function given<T>(value: T, expression?: unknown): T {
  if (value === undefined) throw new Error(`${noValue}${expression}`);
  return value;
}

/** Returns a JSON value as a Python literal. */
function pythonLiteral(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map(pythonLiteral).join(', ')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const fields = Object.entries(value).map(
    ([name, one]) => `${JSON.stringify(name)}: ${pythonLiteral(one)}`,
  );
  return `{${fields.join(', ')}}`;
}

/**
 * Limit of one template in nunjitsu's work units; stops endless loops within half a second. Templates of our packs
 * use fewer than 300.
 */
const workUnits = 100_000;

/** Interprets templates without running code, with limits on work and output. */
const renderer = createTemplateRenderer({
  trimBlocks: true,
  lstripBlocks: true,
  filters: {
    given: (value, expression) => given(value, expression),
    // A missing file continues unchanged, and is reported by name where it is written.
    json: value => JSON.stringify(value),
    python: value => (value === undefined ? value : pythonLiteral(value)),
  },
});

/** Thrown if a template cannot be rendered. */
export class TemplateError extends Error {
  /** Path of the rendered file. */
  readonly path: string;
  /** Message of the template engine. */
  readonly reason: string;

  constructor(path: string, { message, name }: Error) {
    super(`Can't render the template of ${path}: ${name}: ${message}`);
    this.name = 'TemplateError';
    this.path = path;
    this.reason = message;
  }
}

/**
 * Renders the code template of an archetype with the engine of Backstage's `fetch:template`: `${{ values.name }}`.
 * Files that are not templates are copied. Adds `vocabulary.py` with the types of the pack, unless the archetype has
 * its own.
 *
 * @throws TemplateError for a faulty template
 * @public
 */
export function renderArchetype(
  archetype: Pick<Archetype, 'files'>,
  context: RenderContext,
): RenderedFile[] {
  const plain = JSON.parse(JSON.stringify(context));
  const hasVocabulary = archetype.files.some(
    ({ path }) => path === vocabularyFile,
  );
  const { pack, vocabulary } = context;
  const added = hasVocabulary
    ? []
    : [{ path: vocabularyFile, content: vocabularyModule(vocabulary, pack) }];
  const rendered = archetype.files.map(({ path, content, render }) => {
    if (!render) return { path, content };
    try {
      return {
        path,
        content: renderer.render(strict(content), plain, {
          limits: { workUnits },
        }),
      };
    } catch (error) {
      throw new TemplateError(path, error as Error);
    }
  });
  return [...rendered, ...added];
}
