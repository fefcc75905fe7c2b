import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

type Files = Readonly<Record<string, string>>;
type Replacements = Record<string, string>;

/** A mistake in an otherwise valid pack, with the expected message of lint. */
interface Mistake {
  name: string;
  /** Expected file of the problem. */
  file: string;
  line?: number;
  /** Expected message, as a regular expression. */
  what: string;
  remedy: string;
  /** Text of `file` that becomes another. */
  replace?: Replacements;
  /** The same in other files; text is a file that is added, null one that is removed. */
  elsewhere?: Record<string, Replacements | string | null>;
  /** Beginnings of paths that become others. */
  rename?: Record<string, string>;
}

const folder = join(import.meta.dirname, 'mistakes');

/** Every kind of mistake that lint finds, one by one. */
export const mistakes: Mistake[] = readdirSync(folder).flatMap(name =>
  parse(readFileSync(join(folder, name), 'utf8')),
);

/** The files of a pack with a mistake in them. */
export function makeMistake(files: Files, mistake: Mistake): Files {
  const made: Record<string, string> = { ...files };
  const changes = { [mistake.file]: mistake.replace, ...mistake.elsewhere };
  for (const [path, change] of Object.entries(changes)) {
    if (change === null) delete made[path];
    else if (typeof change === 'string') made[path] = change;
    else
      for (const [from, to] of Object.entries(change ?? {})) {
        if (!made[path].includes(from)) throw new Error(`${path}: no ${from}`);
        made[path] = made[path].replace(from, () => to);
      }
  }
  const renamed = Object.entries(mistake.rename ?? {});
  return Object.fromEntries(
    Object.entries(made).map(([path, content]) => [
      renamed.reduce((now, [from, to]) => now.replace(from, to), path),
      content,
    ]),
  );
}
