import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles } from '@material-ui/core';
import { AboutSection } from './AboutSection';
import { EnvironmentsSection } from './EnvironmentsSection';
import type { FormProps } from './FormProps';
import { PeopleSection } from './PeopleSection';
import { PlanSection } from './PlanSection';
import { TenantSummary } from './TenantSummary';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(3),
    gridTemplateColumns: 'minmax(0, 1fr)',
    alignItems: 'start',
    maxWidth: 1280,
    [theme.breakpoints.up('md')]: {
      gridTemplateColumns: 'minmax(0, 1fr) minmax(320px, 400px)',
    },
  },
  summary: {
    minWidth: 0,
    [theme.breakpoints.up('md')]: {
      position: 'sticky',
      top: theme.spacing(3),
      maxHeight: `calc(100vh - ${theme.spacing(6)}px)`,
      overflowY: 'auto',
    },
  },
}));

/** All questions, and beside them a preview of the tenant, its cost, and the button that sends the request. */
export function TenantForm(props: FormProps) {
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <Stack spacing={3}>
        <AboutSection {...props} />
        <PlanSection {...props} />
        <EnvironmentsSection {...props} />
        <PeopleSection {...props} />
      </Stack>
      <div className={classes.summary}>
        <TenantSummary {...props} />
      </div>
    </div>
  );
}
