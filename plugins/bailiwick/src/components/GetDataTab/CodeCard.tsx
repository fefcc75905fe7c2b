import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  CopyText,
  formatDate,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { join } from 'shlex';
import { isElsewhere, isOutOfReach } from '../AppHeader/codeAddress';
import { TabCard } from '../TabCard';
import type { Tokens } from './useTokens';

/** Days that a token for git lasts. */
const gitDays = 90;

/** Explains how to clone and push the code of an app. */
export function CodeCard({
  app,
  tenant,
  token,
}: {
  app: AppView;
  /** Display name of the tenant. */
  tenant: string;
  token: Tokens['git'];
}) {
  const {
    issued: [issued],
  } = token;
  const { repository } = app.spec.source;
  const host = /^https?:/.test(repository) && new URL(repository).host;
  const [making, make] = useAsyncFn(token.make, [token.make]);
  return (
    <TabCard title="Clone the code">
      <Stack align="start">
        <Typography>
          The code is in the git repository {repository}. Commits pushed to its
          main branch run as the draft within{' '}
          {app.hasMirror ? 'a minute' : 'seconds'}.
          {app.canBuild &&
            !isOutOfReach(app) &&
            ' You can also edit the code on the Code tab.'}
        </Typography>
        {!app.canBuild && (
          <Typography color="textSecondary">
            Only builders and owners of {tenant} can change the code.
          </Typography>
        )}
        {making.error && <Alert severity="error">{making.error.message}</Alert>}
        {host && (
          <>
            <Typography variant="body2">
              Clone it with your account at {host}.
            </Typography>
            <CopyText
              label="the command"
              text={join(['git', 'clone', repository])}
            />
          </>
        )}
        {app.canBuild && !isElsewhere(app) && (
          <Button
            variant="outlined"
            disabled={making.loading}
            onClick={() => make({ client: 'git', days: gitDays })}
          >
            Create git token
          </Button>
        )}
        {issued && (
          <Stack spacing={1} style={{ width: '100%' }}>
            <Typography variant="body2">
              This is your git token. It expires on{' '}
              {formatDate(issued.grant.spec.expiresAt)}. Copy it now; it won’t
              be shown again. Use it as the password in git. You can revoke it
              on this page.
            </Typography>
            <CopyText label="the git token" text={issued.token} />
            <CopyText
              label="the command"
              text={join(['git', 'clone', issued.address])}
            />
          </Stack>
        )}
      </Stack>
    </TabCard>
  );
}
