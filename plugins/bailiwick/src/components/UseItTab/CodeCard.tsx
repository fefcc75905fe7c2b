import { InfoCard } from '@backstage/core-components';
import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  CopyText,
  formatDate,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { join } from 'shlex';
import { tokenDays } from './useNewToken';
import type { Tokens } from './useTokens';

/** How to get and change the code of an app. */
export function CodeCard({
  app,
  tenant,
  token: { issued, make, making },
}: {
  app: AppView;
  /** What people call the tenant. */
  tenant: string;
  token: Tokens['git'];
}) {
  return (
    <InfoCard title="Change the code">
      <Stack align="start">
        <Typography>
          The code is in the git repository {app.spec.source.repository}. What
          you push to its main branch runs as the draft a few seconds later.
        </Typography>
        {!app.mayBuild && (
          <Typography color="textSecondary">
            Only builders and owners of {tenant} can change it.
          </Typography>
        )}
        {making.error && <Alert severity="error">{making.error.message}</Alert>}
        {app.mayBuild && (
          <Button
            variant="outlined"
            disabled={making.loading}
            onClick={() => make('git')}
          >
            Create git token
          </Button>
        )}
        {issued && (
          <Stack spacing={1} style={{ width: '100%' }}>
            <Typography variant="body2">
              Your git token, good for {tokenDays} days until{' '}
              {formatDate(issued.grant.spec.expiresAt)}. Copy it now, it is not
              shown again. Git asks for it as the password; it is among the
              tokens of this page, where you can revoke it.
            </Typography>
            <CopyText label="the git token" text={issued.token} />
            <CopyText
              label="the command"
              text={join(['git', 'clone', issued.address])}
            />
          </Stack>
        )}
      </Stack>
    </InfoCard>
  );
}
