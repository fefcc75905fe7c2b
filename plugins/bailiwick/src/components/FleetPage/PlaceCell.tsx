import { Link } from '@backstage/core-components';
import type {
  FleetEnvironment,
  FleetRow,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  formatMessage,
  HealthChip,
  RelativeTime,
  useLostSource,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, Tooltip, Typography } from '@material-ui/core';
import { useRef } from 'react';
import { useAppAddress } from '../AppLink';
import { describeRevision } from './describeRevision';

const useStyles = makeStyles({
  '@keyframes fadeIn': { from: { opacity: 0.2 }, to: { opacity: 1 } },
  link: { display: 'inline-block', borderRadius: 16 },
  changed: {
    '@media (prefers-reduced-motion: no-preference)': {
      animation: '$fadeIn 1s',
    },
  },
  chip: { '& *': { cursor: 'pointer' } },
});

/** Health, version and age of an app in one environment; the reason on hover and on focus. */
export function PlaceCell({
  place,
  row,
}: {
  place: FleetEnvironment;
  row: Pick<FleetRow, 'name' | 'tenant' | 'title'>;
}) {
  const classes = useStyles();
  const addressOf = useAppAddress();
  const { health, next, pods, since, stale } = place;
  const why = formatMessage(place.why);
  const lost = useLostSource();
  const lostAt = lost && new Date(lost.at).toISOString();
  const seenAt = stale?.since ?? lostAt;
  const state = `${health} ${since}`;
  const first = useRef(state);
  return (
    <>
      <Tooltip
        title={
          <>
            <Typography variant="body2">{why}</Typography>
            {next && <Typography variant="body2">Next: {next}</Typography>}
            <Typography variant="caption">
              {pods.ready} of {pods.desired} pods ready
            </Typography>
            {stale && <Typography variant="body2">{stale.why}</Typography>}
          </>
        }
      >
        <Link
          key={state}
          className={`${classes.link} ${
            state === first.current ? '' : classes.changed
          }`}
          to={`${addressOf(row)}/deploy`}
          aria-label={[
            `${health}: ${row.title} in ${place.name}.`,
            why,
            ...(stale ? [stale.why] : []),
          ].join(' ')}
        >
          <span className={classes.chip}>
            <HealthChip health={health} stale={stale} />
          </span>
        </Link>
      </Tooltip>
      <Typography variant="caption" component="div" color="textSecondary">
        {describeRevision(place)} ·{' '}
        {seenAt ? (
          <>
            last seen <RelativeTime at={seenAt} />
          </>
        ) : (
          since && (
            <>
              changed <RelativeTime at={since} />
            </>
          )
        )}
      </Typography>
    </>
  );
}
