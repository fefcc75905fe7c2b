import {
  environmentNamespace,
  homeNamespace,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  Facts,
  formatCount,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { useState, type ReactNode } from 'react';
import { ChangeDialog } from '../../change/ChangeDialog';
import type { TenantFacts } from '../facts/TenantFacts';
import { ArchiveStep } from './ArchiveStep';
import { useArchive } from './useArchive';
import { useTokenCount } from './useTokenCount';

/** One does not ask to delete what one was not shown. */
const appsUnknown =
  'Its apps cannot be listed now; wait until they show, so that you see what is lost.';

/** Everything that goes with a tenant, and the name to type before one asks for its end. */
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
  const archive = useArchive(name);
  const [isWaived, setWaived] = useState(false);
  const problems: [boolean, string][] = [
    [!live.apps.value, appsUnknown],
    [
      !archive.archive && !isWaived,
      'Download the archive, or say that you go on without one.',
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
      title={`End ${spec.title}`}
      send="Ask to delete it"
      typed={name}
      problem={problems.find(([applies]) => applies)?.[1]}
      proposed={() => ({ confirm: name })}
      onClose={onClose}
    >
      <Alert severity="error">
        When this is approved, all of the following is deleted and does not come
        back.
      </Alert>
      <Facts facts={lost} />
      <ArchiveStep archive={archive} isWaived={isWaived} onWaive={setWaived} />
      <Typography variant="subtitle1" component="h3">
        2. Confirm
      </Typography>
      <Typography>
        {spec.deletionProtection
          ? 'It is protected from deletion: nobody can delete it directly, also not a platform engineer by mistake. An approved request is the only way, and lifts the protection.'
          : 'It is not protected from deletion, yet a request leaves a trace: who asked, who decided, and what was deleted.'}
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
  if (error) return `could not be counted: ${error.message}`;
  if (value === undefined) return 'being counted …';
  return value === 0 ? 'none' : `${value}; who reads with one is refused then`;
}
