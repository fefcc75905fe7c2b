import { LinkButton } from '@backstage/core-components';
import { EntityRefLink, useEntity } from '@backstage/plugin-catalog-react';
import type { Access } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { requestStateOf } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  formatDate,
  RelativeTime,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { useState } from 'react';
import { useDataAddress } from '../AppLink';
import { WithdrawButton } from '../WithdrawButton';
import { AccessApprovers } from './AccessApprovers';
import { RequestAccessDialog } from './RequestAccessDialog';
import { useAppAccess, type AppRef } from './useAppAccess';

/** Read access to the app of the page's entity without membership: granted access, pending requests, and a button to request more. */
export function AppAccess({
  app,
  isBesideData = false,
}: {
  app: AppRef;
  /** Whether the way to the data is on the same page. */
  isBesideData?: boolean;
}) {
  const addressOf = useDataAddress();
  const { entity } = useEntity();
  const { title = app.name } = entity.metadata;
  const owner =
    typeof entity.spec?.owner === 'string' ? entity.spec.owner : undefined;
  const { access, pending } = useAppAccess(app);
  const [isOpen, setOpen] = useState(false);
  if (!access.value && !access.error) return null;
  const { accesses, environments } = access.value ?? {
    accesses: [],
    environments: [],
  };
  const requestable = environments.filter(
    name =>
      !accesses.some(one => one.environment === name) &&
      !pending.some(({ spec }) => spec.proposed.environment === name),
  );
  return (
    <Stack>
      {latestPerEnvironment(accesses).map(
        ({ environment, expiresAt, functions }) => (
          <Typography key={environment}>
            Access to {environment}
            {functions && ` (${functions.join(', ')})`} until{' '}
            {formatDate(expiresAt)}
          </Typography>
        ),
      )}
      {accesses.length > 0 && !isBesideData && (
        <div>
          <LinkButton to={addressOf(app)} variant="contained" color="primary">
            Get data
          </LinkButton>
        </div>
      )}
      {pending.map(request => (
        <Pending
          key={request.metadata.name}
          owner={owner}
          request={request}
          title={title}
        />
      ))}
      {accesses.length + pending.length + requestable.length === 0 && owner && (
        <Typography>
          To read its data, ask the owner{' '}
          <EntityRefLink entityRef={owner} defaultKind="group" /> to add you to
          the tenant.
        </Typography>
      )}
      {requestable.length > 0 && (
        <div>
          <Button
            variant={accesses.length > 0 ? 'outlined' : 'contained'}
            color="primary"
            onClick={() => setOpen(true)}
          >
            Request access
          </Button>
        </div>
      )}
      {isOpen && (
        <RequestAccessDialog
          app={app}
          environments={requestable}
          owner={owner}
          title={title}
          onClose={() => setOpen(false)}
        />
      )}
    </Stack>
  );
}

function Pending({
  owner,
  request,
  title,
}: {
  owner?: string;
  request: RequestView;
  title: string;
}) {
  const { metadata, spec } = request;
  // An approved request is carried out a moment later.
  const isPending = requestStateOf(request) === 'Pending';
  return (
    <Alert
      severity="info"
      action={
        <WithdrawButton
          request={metadata.name}
          title={`Access to ${title}`}
          size="small"
          color="inherit"
        />
      }
    >
      Access to {String(spec.proposed.environment)} requested
      {metadata.creationTimestamp && (
        <>
          {' '}
          <RelativeTime at={metadata.creationTimestamp} />
        </>
      )}
      {isPending && owner && (
        <>
          . Pending approval by <AccessApprovers owner={owner} />
        </>
      )}
    </Alert>
  );
}

/** Of several accesses to an environment, the one that ends last. */
function latestPerEnvironment(accesses: Access[]): Access[] {
  const byEnvironment = new Map<string, Access>();
  for (const one of accesses) {
    const known = byEnvironment.get(one.environment);
    if (!known || Date.parse(one.expiresAt) > Date.parse(known.expiresAt))
      byEnvironment.set(one.environment, one);
  }
  return [...byEnvironment.values()];
}
