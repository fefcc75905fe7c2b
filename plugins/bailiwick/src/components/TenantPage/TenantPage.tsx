import type {
  AppView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  ConditionList,
  HealthChip,
  LiveContent,
  LiveMark,
  NothingYet,
  useLiveList,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import {
  Grid,
  List,
  ListItem,
  ListItemSecondaryAction,
  ListItemText,
  Typography,
} from '@material-ui/core';
import { InfoCard, LinkButton } from '@backstage/core-components';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { useParams } from 'react-router-dom';
import { AppLink } from '../AppLink';
import { PageFrame } from '../PageFrame';
import { EnvironmentCard } from './EnvironmentCard';

/** What do we have, who may, how much is left? */
export function TenantPage() {
  const { tenant: name = '' } = useParams();
  const tenants = useLiveList<TenantView>('/tenants');
  const apps = useLiveList<AppView>('/apps');
  const found = tenants.value?.find(({ metadata }) => metadata.name === name);
  return (
    <PageFrame
      title={found?.spec.title ?? name}
      subtitle={found?.spec.purpose}
      actions={<LiveMark live={tenants} />}
    >
      <LiveContent
        live={tenants}
        what="The tenant"
        isEmpty={items => !items.some(({ metadata }) => metadata.name === name)}
        empty={
          <NothingYet
            title={`There is no tenant “${name}” for you`}
            action={
              <LinkButton to="/tenants" variant="contained" color="primary">
                See my tenants
              </LinkButton>
            }
          >
            It does not exist, or you are not a member. Ask an owner to add you.
          </NothingYet>
        }
      >
        {items => (
          <TenantDetails
            tenant={items.find(({ metadata }) => metadata.name === name)!}
            apps={(apps.value ?? []).filter(({ tenant }) => tenant === name)}
          />
        )}
      </LiveContent>
    </PageFrame>
  );
}

function TenantDetails({
  apps,
  tenant,
}: {
  apps: AppView[];
  tenant: TenantView;
}) {
  const { spec, status } = tenant;
  return (
    <Grid container spacing={3}>
      {spec.environments.map(environment => (
        <Grid item xs={12} sm={6} lg={4} key={environment.name}>
          <EnvironmentCard
            environment={environment}
            status={status?.environments?.find(
              ({ name }) => name === environment.name,
            )}
          />
        </Grid>
      ))}
      <Grid item xs={12} md={6}>
        <InfoCard title="Apps">
          {apps.length === 0 && (
            <Typography color="textSecondary">
              No app yet. <EntityTemplatesLink /> to make the first one.
            </Typography>
          )}
          <List disablePadding>
            {apps.map(app => (
              <ListItem key={app.metadata.name} disableGutters divider>
                <ListItemText
                  primary={<AppLink app={app} />}
                  secondary={app.spec.description}
                />
                <ListItemSecondaryAction>
                  <HealthChip health={app.status?.health ?? 'Unknown'} />
                </ListItemSecondaryAction>
              </ListItem>
            ))}
          </List>
        </InfoCard>
      </Grid>
      <Grid item xs={12} md={6}>
        <InfoCard title="Members">
          <List dense disablePadding>
            {[
              ...spec.owners.map(subject => ({ subject, role: 'owner' })),
              ...spec.members,
            ].map(({ role, subject }) => (
              <ListItem key={subject} disableGutters>
                <ListItemText
                  primary={<EntityRefLink entityRef={subject} />}
                  secondary={role}
                />
              </ListItem>
            ))}
          </List>
        </InfoCard>
      </Grid>
      <Grid item xs={12} md={6}>
        <InfoCard title="State">
          <ConditionList conditions={status?.conditions} />
        </InfoCard>
      </Grid>
      <Grid item xs={12} md={6}>
        <InfoCard title="Terms">
          <List dense disablePadding>
            <Term name="Plan" value={spec.plan} />
            <Term name="Domains" value={spec.domains.join(', ') || 'none'} />
            <Term name="Cost centre" value={spec.costCentre ?? 'not given'} />
            <Term name="Ends" value={spec.expiresAt?.slice(0, 10) ?? 'never'} />
            <Term
              name="Protected from deletion"
              value={spec.deletionProtection ? 'yes' : 'no'}
            />
          </List>
        </InfoCard>
      </Grid>
    </Grid>
  );
}

function EntityTemplatesLink() {
  return (
    <LinkButton to="/create" size="small" color="primary">
      Pick a template
    </LinkButton>
  );
}

function Term({ name, value }: { name: string; value: string }) {
  return (
    <ListItem disableGutters>
      <ListItemText primary={value} secondary={name} />
    </ListItem>
  );
}
