import {
  DenseListItem,
  formatCount,
  formatDate,
  formatList,
  RelativeTime,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import type { GrantView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { Button, List, Typography } from '@material-ui/core';
import { Name } from '../Name';
import { toolOf } from './tools';

function newestFirst(a: GrantView, b: GrantView): number {
  const [younger, older] = [b, a].map(
    ({ metadata }) => metadata.creationTimestamp ?? '',
  );
  return younger.localeCompare(older);
}

/** Tokens with person, scope, expiry, and a button that revokes where the reader can. */
export function TokenList({
  grants,
  onRevoke,
}: {
  grants: GrantView[];
  onRevoke: (grant: GrantView) => void;
}) {
  if (grants.length === 0) {
    return <Typography color="textSecondary">No tokens yet.</Typography>;
  }
  return (
    <List dense disablePadding aria-label="Tokens">
      {[...grants].sort(newestFirst).map(grant => (
        <DenseListItem
          key={grant.metadata.name}
          divider
          primary={<TokenTitle of={grant} />}
          secondary={
            <>
              {grant.metadata.creationTimestamp && (
                <>
                  created <RelativeTime at={grant.metadata.creationTimestamp} />{' '}
                  ·{' '}
                </>
              )}
              <Use of={grant} />
              expires {formatDate(grant.spec.expiresAt)} (
              <RelativeTime at={grant.spec.expiresAt} />)
            </>
          }
          action={
            grant.canRevoke && (
              <Button
                style={{ flexShrink: 0 }}
                size="small"
                aria-label={`Revoke the token ${grant.metadata.name}`}
                onClick={() => onRevoke(grant)}
              >
                Revoke
              </Button>
            )
          }
        />
      ))}
    </List>
  );
}

/** Person and scope of a token. */
export function TokenTitle({ of }: { of: GrantView }) {
  return (
    <>
      <Name of={of.spec.subject} /> · {opened(of)}
    </>
  );
}

function opened({ spec }: GrantView): string {
  if (spec.client === 'git') return 'git access';
  const { addresses, allowsQuery, client, environment, functions, limits } =
    spec;
  return [
    toolOf(client),
    `read access to ${
      functions ? `${formatList(functions)} in ` : ''
    }${environment}`,
    addresses && `from ${formatList(addresses)}`,
    limits?.callsPerMinute && `${limits.callsPerMinute} calls per minute`,
    limits?.callsPerDay && `${limits.callsPerDay} calls per day`,
    allowsQuery && 'allowed in URLs',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Number of uses; uses of git tokens are not counted. */
function Use({ of: { spec, status } }: { of: GrantView }) {
  if (spec.client === 'git') return null;
  if (!status?.lastUsed)
    return status?.lastFailure ? (
      <>
        last attempt failed <RelativeTime at={status.lastFailure.at} /> ·{' '}
      </>
    ) : (
      <>never used · </>
    );
  return (
    <>
      {formatCount(status.calls ?? 0, 'call')}, last used{' '}
      <RelativeTime at={status.lastUsed} /> ·{' '}
    </>
  );
}
