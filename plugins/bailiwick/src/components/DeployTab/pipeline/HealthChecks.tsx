import type {
  AppEnvironmentStatus,
  ContractCheck,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  DenseListItem,
  RelativeTime,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, List, makeStyles, Typography } from '@material-ui/core';
import CheckIcon from '@material-ui/icons/CheckCircleOutline';
import FailedIcon from '@material-ui/icons/ErrorOutline';
import UnknownIcon from '@material-ui/icons/HelpOutline';
import { useId, useState } from 'react';

const useStyles = makeStyles(theme => ({
  passed: { color: theme.palette.success.main },
  summary: { display: 'flex', alignItems: 'center' },
  fold: { padding: theme.spacing(0, 0.75) },
}));

function Mark({ of: state }: { of: 'Passed' | 'Failed' | 'Unknown' }) {
  const classes = useStyles();
  if (state === 'Passed')
    return (
      <CheckIcon
        className={classes.passed}
        fontSize="small"
        titleAccess="passed"
      />
    );
  return state === 'Failed' ? (
    <FailedIcon fontSize="small" titleAccess="failed" color="error" />
  ) : (
    <UnknownIcon fontSize="small" titleAccess="unknown" color="disabled" />
  );
}

/**
 * Lists the health checks that an app's code defines, with their last results. Several checks that all pass are folded
 * to one line.
 */
export function HealthChecks({ status }: { status?: AppEnvironmentStatus }) {
  const classes = useStyles();
  const titleId = useId();
  const [isOpen, setOpen] = useState(false);
  const known = (status?.contract?.checks ?? []).map(check => ({
    ...check,
    found: status?.checks?.find(({ name }) => name === check.name),
  }));
  if (known.length === 0) return null;
  const canFold =
    known.length > 1 && known.every(({ found }) => found?.state === 'Passed');
  return (
    <div>
      <Typography
        id={titleId}
        variant="caption"
        component="h4"
        color="textSecondary"
      >
        Health checks
      </Typography>
      <List dense disablePadding aria-labelledby={titleId}>
        {canFold && (
          <li className={classes.summary}>
            <Mark of="Passed" />
            <Button
              className={classes.fold}
              size="small"
              aria-expanded={isOpen}
              onClick={() => setOpen(!isOpen)}
            >
              All {known.length} passed
            </Button>
          </li>
        )}
        {(isOpen || !canFold) &&
          known.map(({ found, ...check }) => (
            <DenseListItem
              key={check.name}
              icon={<Mark of={found?.state ?? 'Unknown'} />}
              primary={ought(check)}
              secondary={
                found?.state === 'Failed' || found?.message ? (
                  <>
                    {found.message} <RelativeTime at={found.since} />
                  </>
                ) : undefined
              }
            />
          ))}
      </List>
    </div>
  );
}

/** Returns the expectation of a check: the first line of its description. */
function ought({ description = '', name, title }: ContractCheck): string {
  return description.split('\n')[0] || title || name;
}
