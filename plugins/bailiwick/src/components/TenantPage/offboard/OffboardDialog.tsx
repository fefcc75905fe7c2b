import { useApi } from '@backstage/core-plugin-api';
import {
  environmentNamespace,
  homeNamespace,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  bailiwickApiRef,
  Facts,
  formatCount,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { useState, type ReactNode } from 'react';
import { ChangeDialog } from '../../change/ChangeDialog';
import { useDownload } from '../../useDownload';
import type { TenantFacts } from '../facts/TenantFacts';
import { ArchiveStep } from './ArchiveStep';
import { useTokenCount } from './useTokenCount';

/** A removal cannot be requested while the affected apps are unknown. */
const appsUnknown =
  'Can’t list its apps right now. Wait until they appear, so you can see what will be lost.';

/** Lists everything that is removed with a tenant, and asks for its name as confirmation. */
export function OffboardDialog({
  facts,
  onClose,
}: {
  facts: TenantFacts;
  onClose: () => void;
}) {
  const { apps, live, tenant } = facts;
  const { metadata, spec } = tenant;
  const { name } = metadata;
  const tokens = useTokenCount(facts);
  const client = useApi(bailiwickApiRef);
  const archive = useDownload(
    signal => client.exportTenant(name, { signal }),
    () => `${name}.tar.gz`,
  );
  const [isWaived, setWaived] = useState(false);
  const problems: [boolean, string][] = [
    [!live.apps.value, appsUnknown],
    [
      !archive.file && !isWaived,
      'Download the archive, or choose to continue without one.',
    ],
  ];
  const people = spec.owners.length + spec.members.length;
  const lost: [string, ReactNode][] = [
    [
      'Environments',
      <>
        {spec.environments.map(environment => (
          <div key={environment.name}>
            {environment.name} (namespace{' '}
            {environmentNamespace(name, environment.name)})
          </div>
        ))}
        <div>and the tenant’s own namespace, {homeNamespace(name)}</div>
      </>,
    ],
    [
      'Apps',
      apps.length === 0
        ? noApp(live.apps)
        : `${apps.length}: ${apps.map(app => app.spec.title).join(', ')}`,
    ],
    ['Tokens', tokenWords(tokens)],
    ['Access', `of ${formatCount(people, 'owner', 'owners and members')}`],
    ['Data', 'all volumes of its apps'],
  ];
  return (
    <ChangeDialog
      action="offboard"
      facts={facts}
      title={`Delete ${spec.title}`}
      send="Request deletion"
      typed={name}
      problem={problems.find(([applies]) => applies)?.[1]}
      proposed={() => ({ confirm: name })}
      onClose={onClose}
    >
      <Alert severity="error">
        After approval, all of the following is permanently deleted.
      </Alert>
      <Facts facts={lost} />
      <ArchiveStep archive={archive} isWaived={isWaived} onWaive={setWaived} />
      <Typography variant="subtitle1" component="h3">
        2. Confirm
      </Typography>
      <Typography>
        {spec.deletionProtection
          ? 'Deletion protection is on: nobody can delete the tenant directly. Only an approved request deletes it and lifts the protection.'
          : 'Deletion protection is off. A request records who requested and approved the deletion, and what was deleted.'}
      </Typography>
    </ChangeDialog>
  );
}

function noApp({ value }: TenantFacts['live']['apps']): string {
  return value ? 'none' : 'not known yet';
}

function tokenWords({
  error,
  value,
}: ReturnType<typeof useTokenCount>): string {
  if (error) return `can’t be counted: ${error.message}`;
  if (value === undefined) return 'counting…';
  return value === 0 ? 'none' : `${value}; their readers lose access`;
}
