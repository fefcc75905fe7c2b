import { Progress } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import type { Build } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  AppView,
  BuildView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
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
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import useInterval from 'react-use/esm/useInterval';
import { Advisories } from './Advisories';
import { BuildResult } from './BuildResult';

type Package = NonNullable<NonNullable<Build['status']>['packages']>[number];

/** Milliseconds between two updates of the log of a build that runs. */
const pollMs = 2000;

/** One build: packages with their licenses, the image, and the log. */
export function BuildDrawer({
  app: { metadata, tenant },
  build: { finishedAt, name, phase },
  onClose,
}: {
  app: AppView;
  build: BuildView;
  onClose: () => void;
}) {
  const client = useApi(bailiwickApiRef);
  // The packages come with the end of the build, and parts of the log before.
  const { error, loading, retry, value } = useAsyncRetry(
    () => client.getBuild(tenant, metadata.name, name),
    [client, tenant, metadata.name, name, phase],
  );
  useInterval(() => document.hidden || retry(), finishedAt ? null : pollMs);
  return (
    <SideDrawer title={`Build ${name}`} onClose={onClose}>
      {loading && !value && <Progress />}
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
    cancelledBy: spec.cancelledBy,
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
          <BuildResult of={view} /> {status.next}
        </Alert>
      ) : (
        <Typography>
          <BuildResult of={view} />
        </Typography>
      )}
      <Facts facts={facts} />
      {advisories && <Advisories {...advisories} />}
      {packages.length > 0 && (
        <div>
          <Typography variant="subtitle1" component="h3">
            Packages
          </Typography>
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
        </div>
      )}
      {spec.file && <Part title={spec.file} text={spec.content ?? ''} />}
      {spec.image && artifact && (
        <Part
          title="Run the image elsewhere"
          text={`docker run --read-only --tmpfs /tmp -p 8080:8080 ${artifact}`}
        />
      )}
      {log && <Part title="Log" text={log} />}
      {!log && !status.finishedAt && (
        <Typography color="textSecondary">
          The log begins when the build runs.
        </Typography>
      )}
    </Stack>
  );
}

function Part({ text, title }: { text: string; title: string }) {
  return (
    <div>
      <Typography variant="subtitle1" component="h3">
        {title}
      </Typography>
      <CopyText label={title} text={text.trimEnd()} />
    </div>
  );
}
