import {
  formatTime,
  LiveContent,
  EmptyState,
  RelativeTime,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import {
  List,
  ListItem,
  makeStyles,
  Paper,
  Typography,
} from '@material-ui/core';
import { Name } from '../../Name';
import { ChangeList } from '../../RequestsPage/ChangeList';
import { TenantRequestLink } from '../../TenantRequestLink';
import type { TenantFacts } from '../facts/TenantFacts';
import { auditOf, type AuditEntry } from './auditOf';

const useStyles = makeStyles(theme => ({
  entry: { display: 'grid', gap: theme.spacing(0.5), overflowWrap: 'anywhere' },
}));

/** Lists actions on the tenant with person, time, reason and changes. */
export function AuditTab({
  facts: { live, requests, tenant },
}: {
  facts: TenantFacts;
}) {
  return (
    <LiveContent
      live={live.requests}
      what="The audit log"
      isEmpty={() => requests.length === 0}
      empty={
        <EmptyState title="No activity yet">
          Requests, decisions and changes of this tenant appear here for all
          members.
        </EmptyState>
      }
    >
      {() => (
        <Paper>
          <List aria-label="Audit" disablePadding>
            {auditOf(requests, tenant).map(entry => (
              <Entry
                key={entry.id}
                entry={entry}
                tenant={tenant.metadata.name}
              />
            ))}
          </List>
        </Paper>
      )}
    </LiveContent>
  );
}

function Entry({ entry, tenant }: { entry: AuditEntry; tenant: string }) {
  const classes = useStyles();
  const { at, by, changes, did, request, result, what, why } = entry;
  return (
    <ListItem divider className={classes.entry}>
      <Typography>
        <TenantRequestLink tenant={tenant} request={request}>
          {what}
        </TenantRequestLink>
      </Typography>
      <Typography variant="body2">
        {did}
        {by && <> by {by.startsWith('user:') ? <Name of={by} /> : by}</>}
        {at && (
          <Typography component="span" variant="inherit" color="textSecondary">
            {' · '}
            {formatTime(at)} (<RelativeTime at={at} />)
          </Typography>
        )}
      </Typography>
      {changes.length > 0 && <ChangeList changes={changes} />}
      {why && (
        <Typography variant="body2" color="textSecondary">
          “{why}”
        </Typography>
      )}
      {result && <Typography variant="body2">{result}</Typography>}
    </ListItem>
  );
}
