import type {
  AppEnvironmentStatus,
  ContractCheck,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { RelativeTime } from '@bailiwick/backstage-plugin-bailiwick-react';
import {
  List,
  ListItem,
  ListItemIcon,
  ListItemText,
  makeStyles,
  Typography,
} from '@material-ui/core';
import CheckIcon from '@material-ui/icons/CheckCircleOutline';
import FailedIcon from '@material-ui/icons/ErrorOutline';
import UnknownIcon from '@material-ui/icons/HelpOutline';
import { useId } from 'react';

const useStyles = makeStyles(theme => ({
  // Backstage cuts the texts of dense lists off.
  text: { whiteSpace: 'normal' },
  icon: { minWidth: theme.spacing(4) },
}));

const marks = {
  Passed: <CheckIcon titleAccess="holds" color="primary" />,
  Failed: <FailedIcon titleAccess="does not hold" color="error" />,
  Unknown: <UnknownIcon titleAccess="unknown" color="disabled" />,
};

/** What the code of an app checks of itself, and how that is now. */
export function HealthChecks({ status }: { status?: AppEnvironmentStatus }) {
  const classes = useStyles();
  const titleId = useId();
  const known = status?.contract?.checks ?? [];
  if (known.length === 0) return null;
  return (
    <div>
      <Typography id={titleId} variant="subtitle2" component="h4">
        Its own checks
      </Typography>
      <List dense disablePadding aria-labelledby={titleId}>
        {known.map(check => {
          const found = status?.checks?.find(({ name }) => name === check.name);
          return (
            <ListItem key={check.name} disableGutters>
              <ListItemIcon className={classes.icon}>
                {marks[found?.state ?? 'Unknown']}
              </ListItemIcon>
              <ListItemText
                className={classes.text}
                primary={ought(check)}
                secondary={
                  found?.state === 'Failed' || found?.message ? (
                    <>
                      {found.message} <RelativeTime at={found.since} />
                    </>
                  ) : undefined
                }
              />
            </ListItem>
          );
        })}
      </List>
    </div>
  );
}

/** What ought to hold: the first sentence of what the check says of itself. */
function ought({ description = '', name, title }: ContractCheck): string {
  return description.split('\n')[0] || title || name;
}
