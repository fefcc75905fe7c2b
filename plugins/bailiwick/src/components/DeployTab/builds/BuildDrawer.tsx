import { Progress } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import type { Build } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  CopyText,
  Facts,
  formatBytes,
  RowTable,
  SideDrawer,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import useAsync from 'react-use/esm/useAsync';
import { Advisories } from './Advisories';
import { describeBuild } from './describeBuild';

type Package = NonNullable<NonNullable<Build['status']>['packages']>[number];

/** One build: packages with their licenses, the image, and the log. */
export function BuildDrawer({
  app: { metadata, tenant },
  build,
  onClose,
}: {
  app: AppView;
  /** Name of the build. */
  build: string;
  onClose: () => void;
}) {
  const client = useApi(bailiwickApiRef);
  const { error, loading, value } = useAsync(
    () => client.getBuild(tenant, metadata.name, build),
    [client, tenant, metadata.name, build],
  );
  return (
    <SideDrawer title={`Build ${build}`} onClose={onClose}>
      {loading && <Progress />}
      {error && <Alert severity="error">{error.message}</Alert>}
      {value && <Details build={value} />}
    </SideDrawer>
  );
}

function Details({ build: { spec, status = {} } }: { build: Build }) {
  const {
    advisories,
    artifact,
    bytes,
    log,
    packages = [],
    phase = 'Pending',
  } = status;
  const view = {
    ...status,
    advisories: advisories?.count,
    file: spec.file,
    phase,
  };
  const facts: [string, string][] = [['Runtime', spec.runtime]];
  if (bytes) facts.push(['Size', formatBytes(bytes)]);
  if (artifact) facts.push(['Image', artifact]);
  return (
    <Stack spacing={3}>
      {phase === 'Failed' || phase === 'Cancelled' ? (
        <Alert severity={phase === 'Failed' ? 'error' : 'info'}>
          {describeBuild(view)} {status.next}
        </Alert>
      ) : (
        <Typography>{describeBuild(view)}</Typography>
      )}
      <Facts facts={facts} />
      {advisories && <Advisories {...advisories} />}
      {packages.length > 0 && (
        <RowTable<Package>
          label="Packages"
          rows={packages}
          idOf={({ name }) => name}
          columns={[
            { title: 'Package', text: ({ name }) => name },
            { title: 'Version', text: ({ version }) => version },
            { title: 'License', text: ({ license }) => license || 'Unknown' },
          ]}
        />
      )}
      {spec.file && <Part title={spec.file} text={spec.content ?? ''} />}
      {spec.image && artifact && (
        <Part
          title="Run the image elsewhere"
          text={`docker run --read-only --tmpfs /tmp -p 8080:8080 ${artifact}`}
        />
      )}
      {log && <Part title="Log" text={log} />}
    </Stack>
  );
}

function Part({ text, title }: { text: string; title: string }) {
  return (
    <section aria-label={title}>
      <Typography variant="subtitle1" component="h3">
        {title}
      </Typography>
      <CopyText label={title} text={text.trimEnd()} />
    </section>
  );
}
