import type { DomainPack } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  ChangeLevel,
  Difference,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { diffPacks } from './diffPacks';

const ranks: ChangeLevel[] = ['cosmetic', 'behaviour', 'breaking'];

/**
 * Returns the smallest version step that differences require (Semantic Versioning 2.0.0, items 4 and 6 to 9). Below
 * 1.0.0, the second number counts as the first. A version after a pre-release is that version itself.
 *
 * @returns `undefined` without differences
 */
export function neededVersion(
  before: string,
  changes: readonly Difference[],
): string | undefined {
  if (changes.length === 0) return undefined;
  const [major, minor, patch] = numbersOf(before);
  if (before.includes('-')) return `${major}.${minor}.${patch}`;
  const rank = Math.max(...changes.map(({ level }) => ranks.indexOf(level)));
  const step = ranks[major === 0 ? Math.max(0, rank - 1) : rank];
  if (step === 'breaking') return `${major + 1}.0.0`;
  if (step === 'behaviour') return `${major}.${minor + 1}.0`;
  return `${major}.${minor}.${patch + 1}`;
}

/** Whether a version is another one or later, looking at its three numbers. */
export function isAtLeast(version: string, needed: string): boolean {
  const [one, other] = [numbersOf(version), numbersOf(needed)];
  const differs = one.findIndex((number, place) => number !== other[place]);
  return differs === -1 || one[differs] > other[differs];
}

/** Whether a version requires changes by readers or builders since another one. */
export function isBreaking(before: string, version: string): boolean {
  const needed = neededVersion(before, [{ level: 'breaking', what: '' }])!;
  return isAtLeast(version, needed);
}

/** Differences between two packs, and whether the version reflects them. @public */
export interface PackComparison {
  changes: Difference[];
  /** Version that the changes ask for at least; absent when nothing changed. */
  needed?: string;
  isRight: boolean;
}

/** Compares two versions of a pack. @public */
export function comparePacks(
  before: DomainPack,
  after: DomainPack,
): PackComparison {
  const changes = diffPacks(before, after);
  const needed = neededVersion(before.spec.version, changes);
  const isRight = !needed || isAtLeast(after.spec.version, needed);
  return { changes, needed, isRight };
}

/** Formats a change as a line with its level. @public */
export function changeLine({ level, what }: Difference): string {
  return `${level.padEnd(10)}${what}`;
}

function numbersOf(version: string): number[] {
  return version.split('-')[0].split('.').map(Number);
}
