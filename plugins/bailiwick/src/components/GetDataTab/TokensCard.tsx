import {
  LiveContent,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { useRef } from 'react';
import { TabCard } from '../TabCard';
import { TokenList } from './TokenList';
import type { Tokens } from './useTokens';

/** All tokens of an app. */
export function TokensCard({
  tokens: { grants, revoke, revoking },
}: {
  tokens: Tokens;
}) {
  const content = useRef<HTMLDivElement>(null);
  return (
    <TabCard title="Tokens">
      <div ref={content} tabIndex={-1}>
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
                onRevoke={async name => {
                  await revoke(name);
                  // Otherwise, the focus is lost with the button.
                  content.current?.focus();
                }}
              />
            )}
          </LiveContent>
        </Stack>
      </div>
    </TabCard>
  );
}
