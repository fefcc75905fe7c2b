/** A problem of a pack. @public */
export interface Problem {
  /** Path in the pack, such as `archetypes/price-feed/archetype.yaml`. */
  file: string;
  /** Line, counted from 1; absent for problems of the whole file. */
  line?: number;
  /** Description of the problem. */
  what: string;
  /** Remedy. */
  remedy: string;
}

/** Maximum length of a displayed problem, because cells can have thousands of characters. */
const longest = 2000;

/** Formats a problem like compilers: `pack.yaml:12: what. remedy`. @public */
export function formatPackProblem({
  file,
  line,
  remedy,
  what,
}: Problem): string {
  const place = `${file}${line ? `:${line}` : ''}`;
  const words = `${place}: ${shortened(what)}. ${shortened(remedy)}`;
  // Text of a pack must not control a terminal.
  return words.replace(
    /[^\P{Cc}\n\t]/gu,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function shortened(text: string): string {
  const left = text.length - longest;
  return left > 0
    ? `${text.slice(0, longest)}… (${left} more characters)`
    : text;
}

/** Thrown for an invalid pack. @public */
export class PackError extends Error {
  readonly problems: Problem[];

  constructor(problems: Problem | Problem[]) {
    const all = [problems].flat();
    super(all.map(formatPackProblem).join('\n'));
    this.name = 'PackError';
    this.problems = all;
  }
}
