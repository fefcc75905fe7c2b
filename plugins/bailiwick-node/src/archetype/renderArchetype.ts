import type {
  Archetype,
  DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import nunjucks from 'nunjucks';

/** A file of a rendered app: its path in the repository and its text. */
export interface RenderedFile {
  path: string;
  content: string;
}

/** What templates of an archetype see. */
export interface RenderContext {
  /** Name, title and owner of the app, its tenant, and the answers of the form. */
  values: Record<string, unknown>;
  vocabulary: DomainPack['spec']['vocabulary'];
  pack: { name: string; version: string };
}

/**
 * Renders the code template of an archetype. Same notation as Backstage's `fetch:template`:
 * `${{ values.name }}`; files that are not marked as templates stay as they are.
 *
 * @throws Error naming the file when a template is faulty.
 */
export function renderArchetype(
  archetype: Pick<Archetype, 'files'>,
  context: RenderContext,
): RenderedFile[] {
  const environment = new nunjucks.Environment(null, {
    autoescape: false,
    throwOnUndefined: true,
    trimBlocks: true,
    lstripBlocks: true,
    tags: { variableStart: '${{', variableEnd: '}}' },
  });
  environment.addFilter('json', value => JSON.stringify(value));
  return archetype.files.map(({ path, content, render }) => {
    if (!render) return { path, content };
    try {
      return { path, content: environment.renderString(content, context) };
    } catch (error) {
      throw new Error(`The template of ${path} cannot be rendered: ${error}`);
    }
  });
}
