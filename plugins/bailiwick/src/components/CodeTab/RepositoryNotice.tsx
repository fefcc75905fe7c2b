import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { withFullStop } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  bailiwickApiRef,
  formatTime,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import useInterval from 'react-use/esm/useInterval';
import { Name } from '../Name';

/** Milliseconds until the state of the repository is loaded again. */
const reloadMs = 30_000;

/** The git host of an app's code, the person with whose rights pushes are deployed, and problems. */
export function RepositoryNotice({ app }: { app: AppView }) {
  const client = useApi(bailiwickApiRef);
  const { metadata, spec, tenant } = app;
  const { name } = metadata;
  const { error, retry, value } = useAsyncRetry(
    () => client.getRepository(tenant, name),
    [client, tenant, name, spec.source.revision],
  );
  useInterval(retry, reloadMs);
  const [taking, takeOver] = useAsyncFn(async () => {
    await client.deployPushes(tenant, name);
    retry();
  }, [client, tenant, name, retry]);
  const failure = taking.error ?? (value ? undefined : error);
  const { host, waiting } = value ?? {};
  const button = app.canBuild && (
    <Button
      color="inherit"
      size="small"
      disabled={taking.loading}
      onClick={takeOver}
    >
      Deploy pushes as me
    </Button>
  );
  return (
    <Stack spacing={1}>
      {failure && <Alert severity="error">{failure.message}</Alert>}
      {host && (
        <Typography variant="body2">
          The code is at <Link to={host.website}>{host.host}</Link>.{' '}
          {host.deployer && (
            <>
              Pushes to its main branch are deployed with the rights of{' '}
              <Name of={host.deployer} />.
            </>
          )}
        </Typography>
      )}
      {host?.problem && (
        <Alert severity="warning">
          {withFullStop(host.problem)}
          {host.fetchedAt &&
            ` This page shows the code of ${formatTime(host.fetchedAt)}.`}
        </Alert>
      )}
      {waiting && (
        <Alert severity="warning" action={button}>
          The newest commit is not deployed. {withFullStop(waiting)}
        </Alert>
      )}
      {host?.warnings.map(text => (
        <Alert key={text} severity="info">
          {text}
        </Alert>
      ))}
    </Stack>
  );
}
