import type { PackComparison } from '@bailiwick/backstage-domain-pack/authoring';

/** Returns whether a version number covers the changes since the older version, as a sentence. */
export function formatComparison(
  version: string,
  { isRight, needed }: Pick<PackComparison, 'isRight' | 'needed'>,
): string {
  if (!needed) return 'Nothing changed.';
  return isRight
    ? `Version ${version} is high enough for these changes; the minimum is ${needed}.`
    : `Version ${version} is too low for these changes. Set spec.version in pack.yaml to ${needed} or later.`;
}
