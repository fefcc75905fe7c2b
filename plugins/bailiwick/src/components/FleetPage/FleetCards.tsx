import { formatMessage } from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, Typography } from '@material-ui/core';
import { ChooseBox } from '../selection/ChooseBox';
import { idOfPlace } from './bulk/bulkPlan';
import type { Selection } from '../selection/useSelection';
import type { ShownApp } from './fleetCriteria';
import { AppLink } from '../AppLink';
import type { BoardItem } from './fleetItems';
import { GroupHeading } from './GroupHeading';
import { PlaceCell } from './PlaceCell';
import { useVirtualRows } from './useVirtualRows';

const useStyles = makeStyles(theme => ({
  box: { maxHeight: '85vh', overflow: 'auto' },
  list: { margin: 0, listStyle: 'none' },
  item: {
    padding: theme.spacing(1.5, 2),
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  heading: { backgroundColor: theme.palette.background.default },
  places: {
    display: 'grid',
    gridTemplateColumns: 'minmax(48px, max-content) minmax(0, 1fr)',
    gap: theme.spacing(1, 2),
    margin: theme.spacing(1, 0, 0),
    '& dd': { margin: 0, overflowWrap: 'anywhere' },
  },
}));

/** The board on a narrow window: a card for each app, with its environments one below the other. */
export function FleetCards({
  items,
  selection,
  subtitleOf,
  titleOf,
}: {
  items: BoardItem[];
  /** Absent when nothing can be done with apps. */
  selection?: Selection;
  subtitleOf: (app: ShownApp) => string;
  /** Title of the group of a key. */
  titleOf: (key: string) => string;
}) {
  const classes = useStyles();
  const { above, below, rows, scroller } = useVirtualRows(
    items,
    ({ key }) => key,
    130,
  );
  return (
    <div
      className={classes.box}
      ref={scroller}
      // It scrolls, so those without a mouse must be able to reach it.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      role="region"
      aria-label="Apps by environment"
    >
      <ul
        className={classes.list}
        style={{ padding: `${above}px 0 ${below}px` }}
      >
        {rows.map(({ item, key, measured }) => (
          <li
            key={key}
            {...measured}
            className={`${classes.item} ${
              item.kind === 'group' ? classes.heading : ''
            }`}
          >
            {item.kind === 'group' ? (
              <GroupHeading
                group={item.group}
                title={titleOf(item.group.key)}
              />
            ) : (
              <AppCard
                app={item.app}
                selection={selection}
                subtitle={subtitleOf(item.app)}
              />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function AppCard({
  app,
  selection,
  subtitle,
}: {
  app: ShownApp;
  selection?: Selection;
  subtitle: string;
}) {
  const classes = useStyles();
  return (
    <>
      {selection && (
        <ChooseBox
          ids={app.places.map(place => idOfPlace(app.row, place))}
          label={app.row.title}
          selection={selection}
        />
      )}{' '}
      <AppLink app={app.row} />
      <Typography variant="caption" component="div" color="textSecondary">
        {subtitle}
      </Typography>
      <dl className={classes.places}>
        {app.places.map(place => [
          <dt key={`${place.name} name`}>
            <Typography variant="body2">{place.name}</Typography>
          </dt>,
          <dd key={place.name}>
            <PlaceCell place={place} row={app.row} />
            {place.health !== 'Healthy' && (
              <Typography variant="body2">
                {formatMessage(place.why)}
              </Typography>
            )}
          </dd>,
        ])}
      </dl>
    </>
  );
}
