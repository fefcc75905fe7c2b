import { InfoCard } from '@backstage/core-components';
import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import Skeleton from '@material-ui/lab/Skeleton';
import { TokenList } from './TokenList';
import type { Tokens } from './useTokens';

/** All tokens of an app. */
export function TokensCard({
  tokens: { grants, revoke, revoking },
}: {
  tokens: Tokens;
}) {
  const failure = revoking.error ?? grants.error;
  return (
    <InfoCard title="Tokens">
      <Stack>
        <Typography>
          Tokens for reading and for git. You can revoke them at any time.
        </Typography>
        {failure && <Alert severity="error">{failure.message}</Alert>}
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
