import { diffArrays } from 'diff';
import type { RenderedFile } from '../render';
import type { ArchetypeSource, PackSource } from '../source/readSource';

/** A file of an app in the author's terms. */
interface Origin {
  /** Path in the pack. */
  file: string;
  /** Line in that file of a line in the app, both from 1. */
  lineOf: (line: number) => number;
}

const frame = /^ {2}File "([^"\n]+)", line \d+.*\n(?: {4}.*\n)*/gm;
/** A traceback of which only the exception is left, before the one that it led to. */
const withoutFrames =
  /^Traceback \(most recent call last\):\n(?:\S.*\n)+\n(?:The above exception was|During handling of the above exception,) .*\n\n/gm;
/** Template tags, which rendering replaces or removes. */
const tag = /\$\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}/;
const lastLine = /[^\n]+\s*$/;

/** Maps files and lines of a rendered app to the files of the pack. */
export class AuthorPlaces {
  readonly #app: string;
  readonly #rendered: readonly RenderedFile[];
  readonly #origins: ReadonlyMap<string, Origin>;
  readonly #archetype: ArchetypeSource;
  /** Data sets of the pack that the app does not have. */
  readonly #unlisted: readonly { name: string; file: string }[];

  /** @param app - folder into which the app was rendered */
  constructor(
    { files, source }: Pick<PackSource, 'files' | 'source'>,
    archetype: ArchetypeSource,
    { app, rendered }: { app: string; rendered: readonly RenderedFile[] },
  ) {
    const { folder, template } = archetype;
    this.#app = app;
    this.#archetype = archetype;
    this.#unlisted = (source?.spec.datasets ?? []).filter(
      ({ name }) => !archetype.source?.datasets.includes(name),
    );
    this.#rendered = rendered;
    this.#origins = new Map(
      rendered.flatMap(({ content, path }): [string, Origin][] => {
        const origin = [path, `${path}.njk`].find(one => template.has(one));
        if (origin === undefined) return [];
        const own = `${folder}/template/${origin}`;
        const file = files.has(own) ? own : `shared/${origin}`;
        const text = template.get(origin)!;
        return [[path, { file, lineOf: lineMap(text, content) }]];
      }),
    );
  }

  /** Returns a program's output with the author's files and lines, and without frames of other code in tracebacks. */
  words(text: string): string {
    const own = `${text}\n`
      .replace(frame, (whole, file: string) =>
        file.startsWith(`${this.#app}/`) || this.#origins.has(file)
          ? whole
          : '',
      )
      .replace(withoutFrames, '')
      .trimEnd();
    const paths = [...this.#origins.keys()].sort(
      (one, other) => other.length - one.length,
    );
    const known = new RegExp(
      `(?<![\\w/.-])(?:${escaped(this.#app)}/)?(${paths
        .map(escaped)
        .join('|')})(?![\\w/-]|\\.\\w)(:|", line )?(\\d+)?`,
      'g',
    );
    return own
      .replace(known, (_whole, path: string, between = '', line?: string) => {
        const { file, lineOf } = this.#origins.get(path)!;
        return `${file}${between}${line ? lineOf(Number(line)) : ''}`;
      })
      .replaceAll(`${this.#app}/`, '');
  }

  /** Returns the place of a function, such as `archetypes/loans/template/functions.py.njk:18: `; empty without one. */
  ofFunction(name: string): string {
    for (const { content, path } of this.#rendered) {
      const origin = path.endsWith('.py') && this.#origins.get(path);
      const found = new RegExp(`^(?:async )?def ${name}\\b`, 'm').exec(content);
      if (origin && found) {
        const line = content.slice(0, found.index).split('\n').length;
        return `${origin.file}:${origin.lineOf(line)}: `;
      }
    }
    return '';
  }

  /** Returns remedies for failures to read files of data sets that the archetype does not list; mostly none. */
  missingData(words: string): string[] {
    const missing = words
      .split('\n')
      .filter(line => /FileNotFoundError|No such file/.test(line))
      .join('\n');
    const { document } = this.#archetype;
    const place = `${document.file}:${document.lineOf(['datasets'])}`;
    return this.#unlisted
      .filter(({ file }) =>
        new RegExp(`(?<![\\w.-])${escaped(file)}(?![\\w.-])`).test(missing),
      )
      .map(
        ({ file, name }) =>
          `${file} is the data set "${name}", which the archetype does not list. Add ${name} to datasets: ${place}.`,
      );
  }

  /** Returns where and why code failed: the last line of the author in a traceback, and the exception. */
  failure(name: string, traceback: string): string {
    const frames = [...`${traceback}\n`.matchAll(frame)]
      .filter(({ 1: file }) => file.startsWith(`${this.#app}/`))
      .map(([text]) => text);
    const [exception = ''] = lastLine.exec(traceback) ?? [];
    const [, path, line, code = ''] =
      /File "(.+)", line (\d+).*\n(?: {4}(.*))?/.exec(frames.at(-1) ?? '') ??
      [];
    const place = path
      ? this.words(`${path}:${line}: `)
      : this.ofFunction(name);
    return [
      `${place.trimEnd()} ${name} failed: ${exception
        .trim()
        .replaceAll(`${this.#app}/`, '')}`.trim(),
      ...(code ? [`    ${code}`] : []),
    ].join('\n');
  }
}

/** Returns the line of a template from which a line of the rendered file comes. */
function lineMap(template: string, rendered: string): Origin['lineOf'] {
  const [before, after] = [template, rendered].map(text => text.split('\n'));
  const lines: number[] = [];
  let at = 1;
  let replaced = 0;
  for (const { added, count, removed } of diffArrays(before, after, {
    comparator: comesFrom(),
  })) {
    if (removed) replaced = count;
    else if (added) {
      // A rewritten line comes from the lines that it replaces.
      for (let i = 0; i < count; i += 1)
        lines.push(at + Math.min(i, Math.max(replaced - 1, 0)));
    } else {
      at += replaced;
      replaced = 0;
      for (let i = 0; i < count; i += 1) lines.push(at + i);
      at += count;
    }
  }
  return line => lines[line - 1] ?? before.length;
}

/** Returns whether a rendered line comes from a line of a template: it contains all of that line but its tags. */
function comesFrom(): (template: string, rendered: string) => boolean {
  const patterns = new Map<string, RegExp | undefined>();
  const patternOf = (line: string) => {
    const parts = line.split(tag);
    return parts.join('').trim() === ''
      ? undefined
      : new RegExp(`^${parts.map(escaped).join('.*')}$`);
  };
  return (template, rendered) => {
    if (!patterns.has(template)) patterns.set(template, patternOf(template));
    return patterns.get(template)?.test(rendered) ?? false;
  };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
