import { makeStyles, TableCell, Typography } from '@material-ui/core';
import { memo } from 'react';
import { ChooseBox } from '../selection/ChooseBox';
import { idOfPlace } from './bulk/bulkPlan';
import type { Selection } from '../selection/useSelection';
import type { ShownApp } from './fleetCriteria';
import { AppLink } from '../AppLink';
import type { BoardItem } from './fleetItems';
import { PlaceCell } from './PlaceCell';
import { VirtualTable } from './VirtualTable';

const useStyles = makeStyles(theme => ({
  cell: { whiteSpace: 'nowrap' },
  app: { minWidth: 160, lineHeight: 1.4, overflowWrap: 'anywhere' },
  name: { display: 'flex', gap: theme.spacing(1), alignItems: 'flex-start' },
}));

interface AppCellsProps {
  app: ShownApp;
  environments: string[];
  /** Absent when nothing can be done with apps. */
  selection?: Selection;
  subtitle: string;
}

/** Whether two rows look the same; lists of environments are new objects after each change of the fleet. */
function isSame(one: AppCellsProps, other: AppCellsProps): boolean {
  const { places, row } = one.app;
  return (
    row === other.app.row &&
    one.selection?.chosen === other.selection?.chosen &&
    one.subtitle === other.subtitle &&
    one.environments.join() === other.environments.join() &&
    places.length === other.app.places.length &&
    places.every((place, index) => place === other.app.places[index])
  );
}

/** The cells of an app: its name, and how it is in each environment. */
function AllAppCells({
  app: { places, row },
  environments,
  selection,
  subtitle,
}: AppCellsProps) {
  const classes = useStyles();
  return (
    <>
      <TableCell
        component="th"
        role="rowheader"
        scope="row"
        className={classes.app}
      >
        <div className={classes.name}>
          {selection && (
            <ChooseBox
              ids={places.map(place => idOfPlace(row, place))}
              label={row.title}
              selection={selection}
            />
          )}
          <div>
            <AppLink app={row} />
            <Typography variant="caption" component="div" color="textSecondary">
              {subtitle}
            </Typography>
          </div>
        </div>
      </TableCell>
      {environments.map(name => {
        const place = places.find(one => one.name === name);
        return (
          <TableCell key={name} className={classes.cell}>
            {place ? (
              <PlaceCell place={place} row={row} />
            ) : (
              <Typography color="textSecondary" aria-label={`Not in ${name}`}>
                –
              </Typography>
            )}
          </TableCell>
        );
      })}
    </>
  );
}

const AppCells = memo(AllAppCells, isSame);

/** Apps in lines and environments in columns, in groups. */
export function FleetBoard({
  environments,
  items,
  selection,
  subtitleOf,
  titleOf,
}: {
  environments: string[];
  items: BoardItem[];
  /** Absent when nothing can be done with apps. */
  selection?: Selection;
  /** Returns the subtitle of an app. */
  subtitleOf: (app: ShownApp) => string;
  /** Title of the group of a key. */
  titleOf: (key: string) => string;
}) {
  return (
    <VirtualTable
      label="Apps by environment"
      columns={environments.length + 1}
      items={items}
      head={['App', ...environments].map(title => (
        <TableCell key={title}>{title}</TableCell>
      ))}
      titleOf={titleOf}
      cells={({ app }) => (
        <AppCells
          app={app}
          environments={environments}
          selection={selection}
          subtitle={subtitleOf(app)}
        />
      )}
    />
  );
}
