import { useApi } from '@backstage/core-plugin-api';
import type { TenantSpec } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  describeRequest,
  targetTenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  RequestView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  ConfirmDialog,
  Facts,
  formatCount,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { List, ListItem, makeStyles, Typography } from '@material-ui/core';
import { useState } from 'react';
import { Name } from '../Name';
import { describeResult, useEach } from '../selection/useEach';
import { ChangeList } from './ChangeList';
import { changesOf } from './changesOf';

/** Decision of an approver. */
export type Verdict = 'approve' | 'deny';

const useStyles = makeStyles(theme => ({
  list: { maxHeight: 360, overflow: 'auto' },
  item: { display: 'grid', gap: theme.spacing(0.5), overflowWrap: 'anywhere' },
}));

/** Approves or denies several requests with one reason, and shows the result of each. */
export function BulkDecision({
  onClose,
  requests,
  tenants,
  verdict,
}: {
  onClose: () => void;
  /** Requests that the reader can decide. */
  requests: RequestView[];
  /** Those that the reader sees. */
  tenants: TenantView[];
  verdict: Verdict;
}) {
  const classes = useStyles();
  const client = useApi(bailiwickApiRef);
  // Requests change while they are decided; the list stays as it was confirmed.
  const [items] = useState(requests);
  const { isRunning, resultOf, run } = useEach<RequestView>(
    ({ metadata }) => metadata.name,
  );
  const results = items.map(resultOf);
  const failed = items.filter(one => resultOf(one)?.state === 'failed');
  const isBegun = results.some(Boolean);
  const verb = verdict === 'approve' ? 'Approve' : 'Deny';
  const title = `${verb} ${formatCount(items.length, 'request')}`;
  const confirm = isBegun ? failed.length > 0 && 'Retry failed' : title;
  return (
    <ConfirmDialog
      title={title}
      confirm={confirm || undefined}
      busy="In progress…"
      cancel={isBegun ? 'Close' : 'Cancel'}
      isLocked={isRunning}
      maxWidth="md"
      staysOpen
      reason={
        isBegun && failed.length === 0
          ? undefined
          : { help: 'All requesters and members of their tenants can read it.' }
      }
      onConfirm={reason =>
        run(isBegun ? failed : items, ({ metadata }) =>
          client.decideRequest(metadata.name, { verdict, reason }),
        )
      }
      onClose={onClose}
    >
      {isBegun && (
        <Typography role="status">
          {results.filter(one => one?.state === 'done').length} of{' '}
          {items.length} done, {failed.length} failed.
        </Typography>
      )}
      <List
        disablePadding
        className={classes.list}
        // It scrolls, so those without a mouse must be able to reach it.
        tabIndex={0}
        aria-label="Selected requests"
      >
        {items.map(request => {
          const { metadata, spec } = request;
          const tenant = tenants.find(
            one => one.metadata.name === targetTenant(spec),
          );
          const result = describeResult(resultOf(request));
          return (
            <ListItem
              key={metadata.name}
              className={classes.item}
              disableGutters
              divider
            >
              <Typography variant="subtitle2">
                {describeRequest(request)}
              </Typography>
              <Typography variant="body2" color="textSecondary">
                <Name of={spec.requestedBy} />: “{spec.reason}”
              </Typography>
              {!result &&
                (spec.action === 'create' ? (
                  <Facts facts={outcomeOf(spec.proposed as TenantSpec)} />
                ) : (
                  <ChangeList changes={changesOf(spec, tenant?.spec)} />
                ))}
              {result && (
                <Typography
                  variant="body2"
                  color={
                    resultOf(request)?.state === 'failed'
                      ? 'error'
                      : 'textPrimary'
                  }
                >
                  {result}
                </Typography>
              )}
            </ListItem>
          );
        })}
      </List>
    </ConfirmDialog>
  );
}

/** The plan and the environments of a new tenant. */
function outcomeOf({ environments, plan }: TenantSpec): [string, string][] {
  return [
    ['Plan', plan],
    ['Environments', environments.map(({ name }) => name).join(', ')],
  ];
}
