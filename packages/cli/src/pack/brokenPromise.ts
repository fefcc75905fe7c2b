import {
  comparePacks,
  compareVersions,
} from '@bailiwick/backstage-domain-pack/authoring';
import type { DomainPack } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { packNameOf } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { CommandError } from '../CommandError';

/**
 * What the name and the version of a pack promise to those who use what is installed, and it does not keep.
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
      `A pack ${name} of others is installed: ${title}, of ${owners.join(
        ', ',
      )}.`,
      'Give yours another name (metadata.name in pack.yaml), or say it with --force to put it in the place of theirs.',
    );
  const { isRight, needed } = comparePacks(newest, pack);
  const order = compareVersions(version, before);
  if (order < 0)
    return new CommandError(
      `${name} ${before} is installed, and ${version} is an older version.`,
      `${raised(needed)}, or say it with --force to go back.`,
    );
  const same = installed.find(
    one => packNameOf(one) === name && one.spec.version === version,
  );
  const comparison = same && comparePacks(same, pack);
  if (comparison?.needed)
    return new CommandError(
      `${name} ${version} is there already, with other content.`,
      `${raised(
        comparison.needed,
      )}, or say it with --force to replace it, also for the apps that were made of it.`,
    );
  if (isRight) return undefined;
  return new CommandError(
    `These changes of ${name} ${before} need version ${needed} or later, and it has ${version}.`,
    `${raised(
      needed,
    )}, or say it with --force if nobody relies on what was there.`,
  );
}

function raised(needed: string | undefined): string {
  return needed
    ? `Raise version in pack.yaml to ${needed} or later`
    : 'Raise version in pack.yaml';
}
