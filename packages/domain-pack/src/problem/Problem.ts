/** Something in a pack that has to be mended. */
export interface Problem {
  /** Path in the pack, such as `archetypes/price-feed/archetype.yaml`. */
  file: string;
  /** Counted from 1; absent when it is about the whole file. */
  line?: number;
  /** What is wrong. */
  what: string;
  /** What to do about it. */
  remedy: string;
}

/** Characters of a problem that are shown; cells of a file can have thousands. */
const longest = 2000;

/** A problem as compilers write theirs: `pack.yaml:12: what. remedy`. */
export function formatPackProblem({
  file,
  line,
  remedy,
  what,
}: Problem): string {
  const place = `${file}${line ? `:${line}` : ''}`;
  const words = `${place}: ${shortened(what)}. ${shortened(remedy)}`;
  // What a pack says must not steer a terminal.
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

/** A pack that cannot be used. */
export class PackError extends Error {
  readonly problems: Problem[];

  constructor(problems: Problem | Problem[]) {
    const all = [problems].flat();
    super(all.map(formatPackProblem).join('\n'));
    this.name = 'PackError';
    this.problems = all;
  }
}
