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
  Passed: <CheckIcon titleAccess="passed" color="primary" />,
  Failed: <FailedIcon titleAccess="failed" color="error" />,
  Unknown: <UnknownIcon titleAccess="unknown" color="disabled" />,
};

/** What the code of an app checks of itself, and how that is now. */
export function HealthChecks({ status }: { status?: AppEnvironmentStatus }) {
  const titleId = useId();
  const known = status?.contract?.checks ?? [];
  if (known.length === 0) return null;
  return (
    <div>
      <Typography id={titleId} variant="subtitle2" component="h4">
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

/** What ought to hold: the first sentence of what the check says of itself. */
function ought({ description = '', name, title }: ContractCheck): string {
  return description.split('\n')[0] || title || name;
}
