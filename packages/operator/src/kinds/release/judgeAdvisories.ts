import type {
  Build,
  Release,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { formatCount } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { shortenDetail } from './shortenDetail';

type Evidence = NonNullable<NonNullable<Release['status']>['evidence']>[number];
type Found = NonNullable<
  NonNullable<Build['status']>['advisories']
>['found'][number];

/** Number of advisories that the detail names. */
const maxNamed = 3;

/** Judges the advisories for the packages of a build; `undefined` if they were compared with no database. */
export function judgeAdvisories({
  status,
}: Build): Pick<Evidence, 'detail' | 'verdict'> | undefined {
  if (!status?.advisories) return undefined;
  const { asOf, count, found } = status.advisories;
  const database = `Advisory database as of ${asOf.slice(0, 10)}.`;
  if (count === 0)
    return {
      verdict: 'Passed',
      detail: `No advisories apply to the packages. ${database}`,
    };
  const named = found.slice(0, maxNamed);
  const more = count - named.length;
  const words = [
    ...named.map(describe),
    ...(more > 0 ? [`and ${more} more`] : []),
  ].join('; ');
  return {
    verdict: 'Failed',
    detail: shortenDetail(
      `${formatCount(
        count,
        'advisory',
        'advisories',
      )} for the packages: ${words}. ${database}`,
    ),
  };
}

function describe({ fixed, id, package: name, severity, version }: Found) {
  const facts = [
    `${name} ${version}`,
    severity,
    fixed && `fixed in ${fixed}`,
  ].filter(Boolean);
  return `${id} (${facts.join(', ')})`;
}
