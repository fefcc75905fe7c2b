import { useRouteRef } from '@backstage/core-plugin-api';
import { makeStyles, Tab, Tabs } from '@material-ui/core';
import type { ReactNode } from 'react';
import { Link, Navigate, useParams } from 'react-router-dom';
import { tenantRouteRef } from '../../routes';

/** A part of a tenant's page, at an address of its own. */
export interface TenantTab {
  /** Last part of its address; empty for the first. */
  path: string;
  title: string;
  content: ReactNode;
}

const useStyles = makeStyles(theme => ({
  tabs: { marginBottom: theme.spacing(3) },
  tab: { minWidth: 0 },
}));

/** The parts of a tenant's page; arrow keys move between them. */
export function TenantTabs({ tabs }: { tabs: TenantTab[] }) {
  const classes = useStyles();
  const { tenant = '', '*': path = '' } = useParams();
  const base = useRouteRef(tenantRouteRef)({ tenant });
  const shown = tabs.find(tab => tab.path === path.replace(/\/$/, ''));
  if (!shown) return <Navigate to={base} replace />;
  return (
    <>
      <Tabs
        className={classes.tabs}
        value={shown.path}
        variant="scrollable"
        scrollButtons="auto"
        indicatorColor="primary"
        aria-label="Parts of the tenant"
      >
        {tabs.map(tab => (
          <Tab
            key={tab.path}
            id={`tab-${tab.path}`}
            aria-controls={tab === shown ? `panel-${tab.path}` : undefined}
            className={classes.tab}
            label={tab.title}
            value={tab.path}
            component={Link}
            to={tab.path ? `${base}/${tab.path}` : base}
          />
        ))}
      </Tabs>
      <div
        role="tabpanel"
        id={`panel-${shown.path}`}
        aria-labelledby={`tab-${shown.path}`}
      >
        {shown.content}
      </div>
    </>
  );
}
