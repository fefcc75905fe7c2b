import { useApi } from '@backstage/core-plugin-api';
import {
  maxAccessDays,
  type Access,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  bailiwickApiRef,
  CopyText,
  formatDate,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { useGatewayUrl } from '../useGatewayUrl';
import type { AppRef } from './useAppAccess';

/** Granted access to one environment: until when, its address, and a button that creates a token. */
export function AccessToken({ access, app }: { access: Access; app: AppRef }) {
  const client = useApi(bailiwickApiRef);
  const gateway = useGatewayUrl();
  const { environment, expiresAt, functions } = access;
  const [issued, create] = useAsyncFn(
    () =>
      client.createGrant(app.tenant, app.name, {
        client: 'api',
        environment,
        // The portal ends it with the access.
        days: maxAccessDays,
      }),
    [client, app.tenant, app.name, environment],
  );
  return (
    <Stack spacing={1}>
      <Typography>
        Access to {environment}
        {functions && ` (${functions.join(', ')})`} until{' '}
        {formatDate(expiresAt)}
      </Typography>
      {gateway && (
        <CopyText
          label={`the address in ${environment}`}
          text={`${gateway}/v1/${app.tenant}/${environment}/${app.name}`}
        />
      )}
      {issued.error && <Alert severity="error">{issued.error.message}</Alert>}
      {issued.value && (
        <Alert severity="success">
          This is your token. It expires on{' '}
          {formatDate(issued.value.grant.spec.expiresAt)}. Copy it now; it won’t
          be shown again. Use the token as the password, with no user name or
          your own.
          <CopyText label="the token" text={issued.value.token} />
        </Alert>
      )}
      <div>
        <Button
          variant="outlined"
          color="primary"
          disabled={issued.loading || !gateway}
          onClick={create}
        >
          Create token
        </Button>
      </div>
    </Stack>
  );
}
