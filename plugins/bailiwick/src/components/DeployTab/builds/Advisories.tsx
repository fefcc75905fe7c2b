import { Link } from '@backstage/core-components';
import type { Build } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  formatCount,
  RowTable,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, Typography } from '@material-ui/core';

type AdvisoriesOfBuild = NonNullable<
  NonNullable<Build['status']>['advisories']
>;
type Advisory = AdvisoriesOfBuild['found'][number];

/** Identifiers that OSV publishes; a database can have others. */
const published = /^(CVE|GHSA|MAL|OSV|PYSEC)-/;

const useStyles = makeStyles({
  // Vectors of CVSS have no spaces.
  severity: { overflowWrap: 'anywhere' },
});

/** Lists the advisories for the packages of a build, with the versions that are fixed. */
export function Advisories({ asOf, count, found }: AdvisoriesOfBuild) {
  const classes = useStyles();
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
              cell: ({ id, summary }) => (
                <>
                  {published.test(id) ? (
                    <Link to={`https://osv.dev/vulnerability/${id}`}>{id}</Link>
                  ) : (
                    id
                  )}
                  {summary && (
                    <Typography variant="body2" color="textSecondary">
                      {summary}
                    </Typography>
                  )}
                </>
              ),
            },
            {
              title: 'Package',
              text: one => `${one.package} ${one.version}`,
            },
            {
              title: 'Severity',
              text: formatSeverity,
              cell: one => (
                <span className={classes.severity}>{formatSeverity(one)}</span>
              ),
            },
            { title: 'Fixed in', text: ({ fixed }) => fixed || '–' },
          ]}
        />
      )}
    </section>
  );
}

/** Formats a word such as `HIGH`, or a score such as a vector of CVSS. */
function formatSeverity({ severity }: Advisory): string {
  if (!severity) return 'Unknown';
  return /^[A-Z]+$/.test(severity)
    ? severity[0] + severity.slice(1).toLowerCase()
    : severity;
}
