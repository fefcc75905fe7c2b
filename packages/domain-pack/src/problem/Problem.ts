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

/** A problem as compilers write theirs: `pack.yaml:12: what. remedy`. */
export function formatPackProblem({
  file,
  line,
  remedy,
  what,
}: Problem): string {
  const words = `${file}${line ? `:${line}` : ''}: ${what}. ${remedy}`;
  // What a pack says must not steer a terminal.
  return words.replace(
    /[^\P{Cc}\n\t]/gu,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
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
