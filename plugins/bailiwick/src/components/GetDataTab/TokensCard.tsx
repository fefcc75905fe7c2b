import type { GrantView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  ConfirmDialog,
  LiveContent,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import { useEffect, useRef, useState } from 'react';
import { TabCard } from '../TabCard';
import { TokenList, TokenTitle } from './TokenList';
import type { Tokens } from './useTokens';

/** All tokens of an app. */
export function TokensCard({ tokens: { grants, revoke } }: { tokens: Tokens }) {
  const content = useRef<HTMLDivElement>(null);
  const [chosen, choose] = useState<GrantView>();
  const [lastRevoked, setLastRevoked] = useState('');
  useEffect(() => {
    // The button that had the focus disappears with the token.
    if (lastRevoked) content.current?.focus();
  }, [lastRevoked]);
  return (
    <TabCard title="Tokens">
      <div ref={content} tabIndex={-1}>
        <Stack>
          <Typography>
            Tokens for reading and for git. You can revoke your own at any time;
            owners can revoke all.
          </Typography>
          <LiveContent
            live={grants}
            onRetry={grants.retry}
            skeletons={[56]}
            what="Tokens"
          >
            {items => <TokenList grants={items} onRevoke={choose} />}
          </LiveContent>
        </Stack>
      </div>
      {chosen && (
        <ConfirmDialog
          title="Revoke token"
          confirm="Revoke token"
          isDestructive
          onClose={() => choose(undefined)}
          onConfirm={async () => {
            const { name } = chosen.metadata;
            await revoke(name);
            setLastRevoked(name);
          }}
        >
          <Typography>
            <TokenTitle of={chosen} />
          </Typography>
          <Typography>
            {chosen.spec.client === 'git'
              ? 'Git commands with this token fail at once.'
              : 'Reads with this token fail at once, and open streams end. Refreshing a workbook or a report needs another token.'}
          </Typography>
        </ConfirmDialog>
      )}
    </TabCard>
  );
}
