import type { Run } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  AppView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  LiveContent,
  EmptyState,
  useLinkedField,
  useLiveList,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Grid } from '@material-ui/core';
import { useState } from 'react';
import { ForeignApp } from '../access/ForeignApp';
import { isRefused } from '../access/isRefused';
import { useDeployment } from '../useDeployment';
import { useGatewayUrl } from '../useGatewayUrl';
import { CodeCard } from './CodeCard';
import { FunctionCard } from './FunctionCard';
import { ReadersCard } from './ReadersCard';
import { TokensCard } from './TokensCard';
import { ToolsCard } from './ToolsCard';
import { useTokens } from './useTokens';

/** How to read an app in various tools, its functions and its tokens. */
export function GetDataTab() {
  const { live } = useDeployment();
  if (isRefused(live)) return <ForeignApp />;
  return (
    <LiveContent live={live} what="Endpoints" skeletons={[280, 400]}>
      {({ app, work }) => (
        // Neither tokens nor choices of one app belong to another one.
        <GetData
          key={`${app.tenant}/${app.metadata.name}`}
          app={app}
          runs={work?.runs}
        />
      )}
    </LiveContent>
  );
}

function GetData({ app, runs }: { app: AppView; runs?: Run[] }) {
  const gateway = useGatewayUrl();
  const tokens = useTokens(app);
  const tenant = useLiveList<TenantView>('/tenants').value?.find(
    ({ metadata }) => metadata.name === app.tenant,
  );
  const served = (app.status?.environments ?? []).filter(
    ({ contract }) => contract,
  );
  const [chosen, choose] = useState('');
  // Readers want what was released, so the last environment comes first.
  const environment =
    served.find(({ name }) => name === chosen) ?? served.at(-1);
  const linked = useLinkedField();
  return (
    <Grid container spacing={3}>
      {!gateway && (
        <Grid item xs={12}>
          <EmptyState title="No gateway">
            This portal has no gateway, so apps can't be read from other tools.
            Ask a platform engineer to set bailiwick.gateway.baseUrl.
          </EmptyState>
        </Grid>
      )}
      {gateway && !environment && (
        <Grid item xs={12}>
          <EmptyState title="Nothing to read yet">
            Functions, addresses and columns appear when the app runs for the
            first time. See the Deploy tab for its progress.
          </EmptyState>
        </Grid>
      )}
      {gateway && environment && (
        <Grid item xs={12}>
          <ToolsCard
            app={app}
            environment={environment}
            gateway={gateway}
            onEnvironment={choose}
            served={served}
            tokens={tokens}
          />
        </Grid>
      )}
      {environment?.contract!.functions.map(fn => (
        <Grid
          item
          xs={12}
          key={fn.name}
          ref={fn.name === linked.fn ? linked.ref : null}
        >
          <FunctionCard
            // Values belong to one environment, whose code can differ.
            key={environment.name}
            app={app}
            environment={environment}
            fn={fn}
            gateway={gateway}
            runs={runs}
          />
        </Grid>
      ))}
      {/* Platform engineers have no role, and see the readers, too. */}
      {tenant && (tenant.myRole ?? 'owner') === 'owner' && (
        <ReadersCard app={app} />
      )}
      <Grid item xs={12} md={7}>
        <TokensCard tokens={tokens} />
      </Grid>
      <Grid item xs={12} md={5}>
        <CodeCard
          app={app}
          tenant={tenant?.spec.title ?? app.tenant}
          token={tokens.git}
        />
      </Grid>
    </Grid>
  );
}
