import type { ChangeLevel, PackChange } from './diffPacks';

const ranks: ChangeLevel[] = ['cosmetic', 'behaviour', 'breaking'];

/**
 * Which version differences ask for at least (Semantic Versioning 2.0.0, items 4 and 6 to 8): below 1.0.0 the second
 * number stands for the first.
 *
 * @returns `undefined` when nothing changed
 */
export function neededVersion(
  before: string,
  changes: readonly PackChange[],
): string | undefined {
  if (changes.length === 0) return undefined;
  const [major, minor, patch] = numbersOf(before);
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

function numbersOf(version: string): number[] {
  return version.split('-')[0].split('.').map(Number);
}
