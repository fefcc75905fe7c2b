import type { FleetRow } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  formatCount,
  Stack,
  useHeldOrder,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, makeStyles, Typography } from '@material-ui/core';
import RefreshIcon from '@material-ui/icons/Refresh';
import type { ReactNode } from 'react';
import { FleetBoard } from './FleetBoard';
import { FleetCards } from './FleetCards';
import { BulkBar } from './bulk/BulkBar';
import { ChooseBox } from '../selection/ChooseBox';
import { idOfPlace, type BulkAction } from './bulk/bulkPlan';
import type { Selection } from '../selection/useSelection';
import type { ShownApp } from './fleetCriteria';
import { collate, environmentsOf, groupApps } from './fleetGroups';
import { boardItems, keyOfItem, renewItem, tableItems } from './fleetItems';
import { FleetTable } from './FleetTable';
import { comparePlaces, tableColumns } from './tableColumns';
import type { FleetViewState } from './useFleetView';

const useStyles = makeStyles(theme => ({
  line: { minHeight: 40, padding: theme.spacing(0, 2) },
  count: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(1),
  },
  all: { margin: theme.spacing(0, 2, 2) },
}));

interface FleetListProps {
  apps: ShownApp[];
  isNarrow: boolean;
  /** Called with the action for the selected apps. */
  onAct: (action: BulkAction) => void;
  /** All apps that there are to pick from. */
  rows: FleetRow[];
  /** Absent when the reader can do nothing with apps. */
  selection?: Selection;
  /** Returns the title of a group. */
  titleOf: (key: string) => string;
  tenantTitle: (tenant: string) => string;
  view: FleetViewState;
}

/** The apps as they are asked for: as a board, on a narrow window as cards, or as a table. */
export function FleetList(props: FleetListProps) {
  return props.view.view === 'table' && !props.isNarrow ? (
    <Lines {...props} />
  ) : (
    <Groups {...props} />
  );
}

function Groups(props: FleetListProps) {
  const { apps, isNarrow, rows, selection, tenantTitle, titleOf, view } = props;
  const grouping = view.grouping ?? 'tenant';
  const sorted = [...apps].sort((a, b) => collate(a.row.title, b.row.title));
  const held = useHeldOrder(
    boardItems(groupApps(sorted, grouping, titleOf)),
    view.address,
    keyOfItem,
    item => renewItem(item, rows),
  );
  const subtitleOf = ({ row }: ShownApp) =>
    [
      grouping !== 'tenant' && tenantTitle(row.tenant),
      `${row.pack} / ${row.archetype}`,
    ]
      .filter(Boolean)
      .join(' · ');
  return (
    <Held {...props} held={held}>
      {isNarrow ? (
        <FleetCards
          items={held.items}
          selection={selection}
          subtitleOf={subtitleOf}
          titleOf={titleOf}
        />
      ) : (
        <FleetBoard
          environments={environmentsOf(
            held.items.flatMap(item => (item.kind === 'app' ? item.app : [])),
          )}
          items={held.items}
          selection={selection}
          subtitleOf={subtitleOf}
          titleOf={titleOf}
        />
      )}
    </Held>
  );
}

function Lines(props: FleetListProps) {
  const { apps, rows, selection, tenantTitle, titleOf, view } = props;
  const columns = tableColumns(tenantTitle);
  const { grouping } = view;
  const groups = grouping
    ? groupApps(apps, grouping, titleOf)
    : [{ key: '', apps }];
  const held = useHeldOrder(
    tableItems(groups, {
      isGrouped: grouping !== undefined,
      health: view.criteria.health,
      compare: comparePlaces(columns, view.sort),
    }),
    view.address,
    keyOfItem,
    item => renewItem(item, rows),
  );
  return (
    <Held {...props} held={held}>
      <FleetTable
        columns={columns}
        items={held.items}
        selection={selection}
        sort={view.sort}
        onSort={view.setSort}
        titleOf={titleOf}
      />
    </Held>
  );
}

/** Keeps the order of rows while the pointer or the focus is in them. */
function Held({
  apps,
  children,
  held: { changes, holdProps, items, sortAnew },
  onAct,
  rows,
  selection,
  view,
}: FleetListProps & {
  children: ReactNode;
  held: ReturnType<typeof useHeldOrder<unknown>>;
}) {
  const classes = useStyles();
  return (
    <div {...holdProps}>
      <Stack
        direction="row"
        justify="space-between"
        className={classes.line}
        style={{ rowGap: 0 }}
      >
        <span className={classes.count}>
          {selection && (
            <ChooseBox
              ids={apps.flatMap(({ places, row }) =>
                places.map(place => idOfPlace(row, place)),
              )}
              label="all shown apps"
              selection={selection}
            />
          )}
          <Typography variant="body2" role="status">
            {describeShown(apps.length, rows.length)}
          </Typography>
        </span>
        {selection && (
          <BulkBar rows={rows} selection={selection} onAct={onAct} />
        )}
        {changes > 0 && (
          <Button size="small" startIcon={<RefreshIcon />} onClick={sortAnew}>
            Sort again ({formatCount(changes, 'change')})
          </Button>
        )}
      </Stack>
      {items.length > 0 ? (
        children
      ) : (
        <Button
          className={classes.all}
          variant="outlined"
          onClick={view.clearFilters}
        >
          Show all apps
        </Button>
      )}
    </div>
  );
}

function describeShown(shown: number, total: number): string {
  if (shown === 0) return `None of ${total} apps matches the filters.`;
  return shown === total
    ? formatCount(total, 'app')
    : `${shown} of ${total} apps`;
}
