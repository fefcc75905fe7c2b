import { RelativeTime } from '@bailiwick/backstage-plugin-bailiwick-react';
import type { Grant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  Button,
  List,
  ListItem,
  ListItemText,
  makeStyles,
  Typography,
} from '@material-ui/core';
import { Name } from '../Name';
import { formatExpiry } from './formatExpiry';

const useStyles = makeStyles({
  // Backstage cuts the texts of dense lists off.
  text: { whiteSpace: 'normal' },
  button: { flexShrink: 0 },
});

function newestFirst(a: Grant, b: Grant): number {
  const [younger, older] = [b, a].map(
    ({ metadata }) => metadata.creationTimestamp ?? '',
  );
  return younger.localeCompare(older);
}

/** Tokens with their people, what they open and how long, each with its end at hand. */
export function TokenList({
  grants,
  isBusy,
  onRevoke,
}: {
  grants: Grant[];
  isBusy: boolean;
  onRevoke: (name: string) => void;
}) {
  const classes = useStyles();
  if (grants.length === 0) {
    return (
      <Typography color="textSecondary">Nobody has a token yet.</Typography>
    );
  }
  return (
    <List dense disablePadding aria-label="Tokens">
      {[...grants].sort(newestFirst).map(grant => (
        <ListItem key={grant.metadata.name} disableGutters divider>
          <ListItemText
            className={classes.text}
            primary={
              <>
                <Name of={grant.spec.subject} /> · {opened(grant)}
              </>
            }
            secondary={
              <>
                <Use of={grant} />
                ends {formatExpiry(grant)} (
                <RelativeTime at={grant.spec.expiresAt} />)
              </>
            }
          />
          <Button
            className={classes.button}
            size="small"
            disabled={isBusy}
            aria-label={`Revoke the token ${grant.metadata.name}`}
            onClick={() => onRevoke(grant.metadata.name)}
          >
            Revoke
          </Button>
        </ListItem>
      ))}
    </List>
  );
}

function opened({ spec }: Grant): string {
  return spec.client === 'git'
    ? 'git: the code'
    : `reading: ${spec.environment}`;
}

/** How often it was used; git tokens are not counted. */
function Use({ of: { spec, status } }: { of: Grant }) {
  if (spec.client === 'git') return null;
  if (!status?.lastUsed) return <>never used · </>;
  return (
    <>
      {status.calls} calls, the last <RelativeTime at={status.lastUsed} /> ·{' '}
    </>
  );
}
