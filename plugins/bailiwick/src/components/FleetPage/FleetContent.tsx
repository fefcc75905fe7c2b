import {
  createAppRefusal,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import {
  makeStyles,
  Paper,
  useMediaQuery,
  type Theme,
} from '@material-ui/core';
import { useMemo, useState } from 'react';
import { CreateAppButton } from '../CreateAppButton';
import { BulkDialog } from './bulk/BulkDialog';
import { targetsOf, type BulkAction } from './bulk/bulkPlan';
import { useSelection } from '../selection/useSelection';
import { FleetBar } from './FleetBar';
import { FleetFilters } from './FleetFilters';
import { FleetList } from './FleetList';
import { pickApps, type FleetChoice } from './fleetCriteria';
import { HealthFilters } from './HealthFilters';
import { shortEntityRef } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { RecentChanges } from './RecentChanges';
import { tenantsToCreateIn, type Fleet } from './fleet/useFleet';
import { useFleetView } from './useFleetView';

const useStyles = makeStyles(theme => ({
  bar: { padding: theme.spacing(2) },
  // So that a wide table scrolls by itself.
  lists: { display: 'grid', gap: theme.spacing(2), '& > *': { minWidth: 0 } },
  beside: {
    // Three environments have room beside it.
    [theme.breakpoints.up(1440)]: {
      gridTemplateColumns: 'minmax(0, 1fr) 300px',
      alignItems: 'start',
    },
  },
}));

/** The apps with everything that picks and orders them. */
export function FleetContent({ fleet }: { fleet: Fleet }) {
  const classes = useStyles();
  const isNarrow = useMediaQuery<Theme>(theme => theme.breakpoints.down('sm'));
  const view = useFleetView();
  const selection = useSelection();
  const [action, setAction] = useState<BulkAction>();
  const { rows, tenants } = fleet;
  const titles = useMemo(
    () => new Map(tenants.map(({ name, title }) => [name, title])),
    [tenants],
  );
  const tenantTitle = (name: string) => titles.get(name) ?? name;
  const wordsOf = (choice: FleetChoice | 'health', value: string) => {
    if (choice === 'tenant') return tenantTitle(value);
    if (choice === 'owner') return shortEntityRef(value);
    return value || 'None';
  };
  const mayOperate = tenants.some(({ operates }) => operates.length > 0);
  const { criteria } = view;
  const anyHealth = pickApps(rows, { ...criteria, health: [] }, tenantTitle);
  const apps = criteria.health.length
    ? pickApps(rows, criteria, tenantTitle)
    : anyHealth;
  const buildsIn = tenantsToCreateIn(tenants);
  return (
    <Stack>
      <HealthFilters
        chosen={criteria.health}
        apps={anyHealth}
        onToggle={view.toggleHealth}
      />
      <div
        className={`${classes.lists} ${
          view.view === 'board' ? classes.beside : ''
        }`}
      >
        <Paper>
          <Stack className={classes.bar}>
            <FleetFilters rows={rows} view={view} wordsOf={wordsOf} />
            <FleetBar
              action={
                // Members who can't build have the apps.
                buildsIn.length > 0 && createAppRefusal(buildsIn) ? null : (
                  <CreateAppButton in={buildsIn} />
                )
              }
              isNarrow={isNarrow}
              view={view}
            />
          </Stack>
          <FleetList
            apps={apps}
            isNarrow={isNarrow}
            rows={rows}
            selection={mayOperate ? selection : undefined}
            tenantTitle={tenantTitle}
            titleOf={key => wordsOf(view.grouping ?? 'tenant', key)}
            view={view}
            onAct={setAction}
          />
        </Paper>
        <RecentChanges apps={apps} />
      </div>
      {/* Here, so that it outlives whatever becomes of the list below it. */}
      {action && (
        <BulkDialog
          action={action}
          targets={targetsOf(rows, selection.chosen)}
          tenants={tenants}
          onClose={() => setAction(undefined)}
        />
      )}
    </Stack>
  );
}
