import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { AppAddressStatus } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  ConfirmDialog,
  CopyText,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, Grid, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { useState } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { useEnvironmentClient } from '../DeployTab/pods/useEnvironmentClient';
import { useEnvironmentRights } from '../DeployTab/pods/useEnvironmentRights';
import { TabCard } from '../TabCard';

/** Gives an app an address of its own in an environment, and removes it; nothing where the cluster gives none. */
export function AddressCard({
  app,
  environment,
}: {
  app: AppView;
  /** Name of the environment. */
  environment: string;
}) {
  const here = useEnvironmentClient(app, environment);
  const { refusal, rights } = useEnvironmentRights(here);
  const [isRemoving, setRemoving] = useState(false);
  const [creation, create] = useAsyncFn(
    () => here.setAddress({ address: true }),
    [here],
  );
  const isWanted = (of: { name: string }) => of.name === environment;
  const hasOwn = app.spec.environments.find(isWanted)?.address ?? false;
  const { address, contract } = app.status?.environments?.find(isWanted) ?? {};
  if (!hasOwn && !rights?.hasAddresses) return null;
  return (
    <Grid item xs={12}>
      <TabCard title="Own address">
        <Stack align="start">
          {hasOwn ? (
            <Shown
              {...address}
              environment={environment}
              fn={contract?.functions[0]?.name}
            />
          ) : (
            <Typography>
              The app can have its own address in {environment}, which is
              shorter and easier to recognize. The same tokens apply, and the
              gateway’s address keeps working.
            </Typography>
          )}
          {creation.error && (
            <Alert severity="error">{creation.error.message}</Alert>
          )}
          {hasOwn ? (
            <Button
              variant="outlined"
              disabled={refusal !== undefined}
              onClick={() => setRemoving(true)}
            >
              Remove address…
            </Button>
          ) : (
            <Button
              variant="outlined"
              disabled={creation.loading || refusal !== undefined}
              onClick={create}
            >
              Create address
            </Button>
          )}
          {refusal && (
            <Typography variant="body2" color="textSecondary">
              {refusal}
            </Typography>
          )}
        </Stack>
      </TabCard>
      {isRemoving && (
        <ConfirmDialog
          title="Remove address"
          confirm="Remove address"
          isDestructive
          onClose={() => setRemoving(false)}
          onConfirm={() => here.setAddress({ address: false })}
        >
          <Typography>
            Readers who use this address can no longer read the app. The
            gateway’s address keeps working.
          </Typography>
        </ConfirmDialog>
      )}
    </Grid>
  );
}

/** The address, or why there is none. */
function Shown({
  environment,
  fn,
  problem,
  url,
}: AppAddressStatus & {
  environment: string;
  /** A function, for an example. */
  fn?: string;
}) {
  if (url)
    return (
      <>
        <Typography>
          This is the app’s address in {environment}. Append the name of a
          function{fn && `, such as /${fn}`}. The same tokens apply, and the
          gateway’s address keeps working.
        </Typography>
        <CopyText label="the address" text={url} />
      </>
    );
  return problem ? (
    <Alert severity="warning">{problem}</Alert>
  ) : (
    <Typography role="status">The address is being created.</Typography>
  );
}
