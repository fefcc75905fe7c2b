import { InfoCard, LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
  useEntity,
} from '@backstage/plugin-catalog-react';
import type {
  AppView,
  DeploymentView,
  Health,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  HealthChip,
  LiveContent,
  RowTable,
  useLiveValue,
  type TableColumn,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles } from '@material-ui/core';
import { appOf } from '../../entity';

const useStyles = makeStyles(theme => ({
  root: { display: 'grid', gap: theme.spacing(2) },
  actions: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(2) },
}));

interface Row {
  name: string;
  health: Health;
  why: string;
  runs: string;
}

const columns: TableColumn<Row>[] = [
  { title: 'Environment', text: ({ name }) => name },
  {
    title: 'Health',
    text: ({ health }) => health,
    cell: ({ health }) => <HealthChip health={health} />,
  },
  { title: 'Why', text: ({ why }) => why },
  { title: 'Runs', text: ({ runs }) => runs },
];

function rowsOf({ spec, status }: AppView): Row[] {
  return spec.environments.map(({ name, release }) => {
    const seen = status?.environments?.find(one => one.name === name);
    const revision = seen?.revision ?? spec.source.revision;
    return {
      name,
      health: seen?.health ?? 'Unknown',
      why: seen?.why ?? 'The operator has not looked at it yet.',
      runs: seen?.release ?? release ?? `draft, commit ${revision.slice(0, 8)}`,
    };
  });
}

/** An app at a glance: how it is, what runs where, and the ways to follow and to read it. */
export function AppCard() {
  const classes = useStyles();
  const { entity } = useEntity();
  const place = appOf(entity);
  const page = useRouteRef(entityRouteRef)(entityRouteParams(entity));
  const live = useLiveValue<DeploymentView>(
    place && `/tenants/${place.tenant}/apps/${place.app}`,
  );
  return (
    <InfoCard title="What runs where">
      <LiveContent live={live} what="The app">
        {({ app }) => (
          <div className={classes.root}>
            <RowTable
              label="Environments"
              columns={columns}
              idOf={({ name }) => name}
              rows={rowsOf(app)}
            />
            <div className={classes.actions}>
              <LinkButton
                to={`${page}/use-it`}
                variant="contained"
                color="primary"
              >
                Use it
              </LinkButton>
              <LinkButton to={`${page}/deploy`} variant="outlined">
                Follow it
              </LinkButton>
            </div>
          </div>
        )}
      </LiveContent>
    </InfoCard>
  );
}
