import { InfoCard } from '@backstage/core-components';
import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  CopyText,
  formatDate,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import Skeleton from '@material-ui/lab/Skeleton';
import { useState } from 'react';
import { SelectField } from '../SelectField';
import { TokenList } from './TokenList';
import { tokenDays } from './useNewToken';
import type { Tokens } from './useTokens';

/** All tokens of an app, with a form for a token for its results. */
export function TokensCard({
  app,
  hasGateway,
  tokens,
}: {
  app: AppView;
  /** Without a gateway, only git tokens are of use. */
  hasGateway: boolean;
  tokens: Tokens;
}) {
  const { grants, revoke, revoking } = tokens;
  const { issued, make, making } = tokens.reading;
  const [environment, setEnvironment] = useState(
    app.spec.environments[0]?.name ?? '',
  );
  const failure = making.error ?? revoking.error ?? grants.error;
  return (
    <InfoCard title="Tokens">
      <Stack>
        <Typography>
          Use a token as the password to read this app; any user name works.
          Tokens expire after {tokenDays} days, and you can revoke them at any
          time. Git tokens are listed here, too.
        </Typography>
        {failure && <Alert severity="error">{failure.message}</Alert>}
        {issued && (
          <Alert severity="success">
            This is your token. It expires on{' '}
            {formatDate(issued.grant.spec.expiresAt)}. Copy it now; it won’t be
            shown again.
            <CopyText label="the token" text={issued.token} />
          </Alert>
        )}
        {app.canCreateToken ? (
          <form
            onSubmit={event => {
              event.preventDefault();
              make('api', environment);
            }}
          >
            <Stack direction="row">
              <SelectField
                label="Environment"
                value={environment}
                options={app.spec.environments.map(({ name }) => name)}
                onChange={setEnvironment}
              />
              <Button
                type="submit"
                variant="contained"
                color="primary"
                disabled={making.loading || !environment || !hasGateway}
              >
                Create token
              </Button>
            </Stack>
          </form>
        ) : (
          <Typography color="textSecondary">
            Only members of the tenant can create tokens. Ask an owner to add
            you as a viewer.
          </Typography>
        )}
        {grants.value ? (
          <TokenList
            grants={grants.value}
            isBusy={revoking.loading}
            onRevoke={revoke}
          />
        ) : (
          !grants.error && <Skeleton variant="rect" height={56} />
        )}
      </Stack>
    </InfoCard>
  );
}
