import { environmentNamespace } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { PipelineStage } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  Card,
  CardContent,
  makeStyles,
  Tooltip,
  Typography,
} from '@material-ui/core';
import LockIcon from '@material-ui/icons/Lock';
import type { ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  card: { height: '100%' },
  content: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(0.75),
    height: '100%',
    padding: theme.spacing(1.5),
    overflowWrap: 'anywhere',
    '&:last-child': { paddingBottom: theme.spacing(1.5) },
  },
  header: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
    minHeight: 28,
  },
  name: { minWidth: 0 },
  lock: {
    marginLeft: theme.spacing(0.5),
    verticalAlign: '-2px',
    color: theme.palette.text.secondary,
  },
}));

/** The frame of an environment in the pipeline: its name, whether it is protected, and its state. */
export function StageCard({
  children,
  stage,
  state,
  tenant,
}: {
  children: ReactNode;
  stage: PipelineStage;
  /** Beside the name. */
  state?: ReactNode;
  tenant: string;
}) {
  const classes = useStyles();
  return (
    <Card className={classes.card}>
      <CardContent className={classes.content}>
        <div className={classes.header}>
          <Tooltip
            title={`Kubernetes namespace ${environmentNamespace(
              tenant,
              stage.name,
            )}`}
          >
            <Typography className={classes.name} variant="h6" component="h3">
              {stage.name}
              {stage.protected && (
                <LockIcon
                  className={classes.lock}
                  fontSize="inherit"
                  titleAccess="protected"
                />
              )}
            </Typography>
          </Tooltip>
          {state}
        </div>
        {children}
      </CardContent>
    </Card>
  );
}
