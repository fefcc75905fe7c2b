import {
  comparePacks,
  compareVersions,
} from '@bailiwick/backstage-domain-pack/authoring';
import type { DomainPack } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { packNameOf } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { CommandError } from '../CommandError';

/**
 * Returns how a pack breaks the promise that its name and version make to users of the installed version.
 *
 * @param installed - the newest version, and those that are kept for apps
 */
export function brokenPromise(
  pack: DomainPack,
  installed: DomainPack[],
): CommandError | undefined {
  const { name } = pack.metadata;
  const newest = installed.find(({ metadata }) => metadata.name === name);
  if (!newest) return undefined;
  const { owners, title, version: before } = newest.spec;
  const { version } = pack.spec;
  if (!owners.some(owner => pack.spec.owners.includes(owner)))
    return new CommandError(
      `Another team's pack ${name} is installed: ${title}, owned by ${owners.join(
        ', ',
      )}.`,
      'Rename your pack (metadata.name in pack.yaml), or replace theirs with --force.',
    );
  const { isRight, needed } = comparePacks(newest, pack);
  const order = compareVersions(version, before);
  if (order < 0)
    return new CommandError(
      `${name} ${before} is installed; ${version} is older.`,
      `${raised(needed)}, or downgrade with --force.`,
    );
  const same = installed.find(
    one => packNameOf(one) === name && one.spec.version === version,
  );
  const comparison = same && comparePacks(same, pack);
  if (comparison?.needed)
    return new CommandError(
      `${name} ${version} is already installed with different content.`,
      `${raised(
        comparison.needed,
      )}, or replace this version with --force, which also changes the apps created from it.`,
    );
  if (isRight) return undefined;
  return new CommandError(
    `The changes since ${name} ${before} need version ${needed} or later; pack.yaml has ${version}.`,
    `${raised(
      needed,
    )}, or install it with --force if nothing relies on the previous version.`,
  );
}

function raised(needed: string | undefined): string {
  return needed
    ? `Raise version in pack.yaml to ${needed} or later`
    : 'Raise version in pack.yaml';
}
