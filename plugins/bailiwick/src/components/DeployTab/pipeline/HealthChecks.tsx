import type {
  AppEnvironmentStatus,
  ContractCheck,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  DenseListItem,
  RelativeTime,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { List, Typography } from '@material-ui/core';
import CheckIcon from '@material-ui/icons/CheckCircleOutline';
import FailedIcon from '@material-ui/icons/ErrorOutline';
import UnknownIcon from '@material-ui/icons/HelpOutline';
import { useId } from 'react';

const marks = {
  Passed: <CheckIcon fontSize="small" titleAccess="passed" color="primary" />,
  Failed: <FailedIcon fontSize="small" titleAccess="failed" color="error" />,
  Unknown: (
    <UnknownIcon fontSize="small" titleAccess="unknown" color="disabled" />
  ),
};

/** Lists the health checks that an app's code defines, with their last results. */
export function HealthChecks({ status }: { status?: AppEnvironmentStatus }) {
  const titleId = useId();
  const known = status?.contract?.checks ?? [];
  if (known.length === 0) return null;
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
        {known.map(check => {
          const found = status?.checks?.find(({ name }) => name === check.name);
          return (
            <DenseListItem
              key={check.name}
              icon={marks[found?.state ?? 'Unknown']}
              primary={ought(check)}
              secondary={
                found?.state === 'Failed' || found?.message ? (
                  <>
                    {found.message} <RelativeTime at={found.since} />
                  </>
                ) : undefined
              }
            />
          );
        })}
      </List>
    </div>
  );
}

/** Returns the expectation of a check: the first line of its description. */
function ought({ description = '', name, title }: ContractCheck): string {
  return description.split('\n')[0] || title || name;
}
