import {
  LiveContent,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { TabCard } from '../TabCard';
import { TokenList } from './TokenList';
import type { Tokens } from './useTokens';

/** All tokens of an app. */
export function TokensCard({
  tokens: { grants, revoke, revoking },
}: {
  tokens: Tokens;
}) {
  return (
    <TabCard title="Tokens">
      <Stack>
        <Typography>
          Tokens for reading and for git. You can revoke your own at any time;
          owners can revoke all.
        </Typography>
        {revoking.error && (
          <Alert severity="error">{revoking.error.message}</Alert>
        )}
        <LiveContent
          live={grants}
          onRetry={grants.retry}
          skeletons={[56]}
          what="Tokens"
        >
          {items => (
            <TokenList
              grants={items}
              isBusy={revoking.loading}
              onRevoke={revoke}
            />
          )}
        </LiveContent>
      </Stack>
    </TabCard>
  );
}
