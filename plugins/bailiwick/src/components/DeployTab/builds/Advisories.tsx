import { Link } from '@backstage/core-components';
import type { Build } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  formatCount,
  RowTable,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';

type AdvisoriesOfBuild = NonNullable<
  NonNullable<Build['status']>['advisories']
>;
type Advisory = AdvisoriesOfBuild['found'][number];

/** Identifiers that OSV publishes; a database can have others. */
const published = /^(CVE|GHSA|MAL|OSV|PYSEC)-/;

/** Lists the advisories for the packages of a build, with the versions that are fixed. */
export function Advisories({ asOf, count, found }: AdvisoriesOfBuild) {
  const more = count - found.length;
  return (
    <section aria-label="Advisories">
      <Typography variant="subtitle1" component="h3">
        Advisories
      </Typography>
      <Typography color="textSecondary">
        {count === 0 && 'No advisories apply to the packages. '}
        Advisory database as of {asOf.slice(0, 10)}.
        {more > 0 &&
          ` ${formatCount(more, 'more advisory', 'more advisories')}.`}
      </Typography>
      {found.length > 0 && (
        <RowTable<Advisory>
          label="List of advisories"
          rows={found}
          idOf={one => `${one.id} ${one.package}`}
          columns={[
            {
              title: 'Advisory',
              text: ({ id }) => id,
              cell: ({ id }) =>
                published.test(id) ? (
                  <Link to={`https://osv.dev/vulnerability/${id}`}>{id}</Link>
                ) : (
                  id
                ),
            },
            {
              title: 'Package',
              text: one => `${one.package} ${one.version}`,
            },
            { title: 'Severity', text: one => one.severity || 'Unknown' },
            { title: 'Fixed in', text: ({ fixed }) => fixed || '–' },
            { title: 'Summary', text: ({ summary }) => summary || '–' },
          ]}
        />
      )}
    </section>
  );
}
