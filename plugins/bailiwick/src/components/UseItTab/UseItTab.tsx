import type { AppEnvironmentStatus } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  AppView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  LiveContent,
  EmptyState,
  useLiveList,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Grid } from '@material-ui/core';
import { useDeployment } from '../useDeployment';
import { useGatewayUrl } from '../useGatewayUrl';
import { CodeCard } from './CodeCard';
import { FunctionCard } from './FunctionCard';
import { ODataCard } from './ODataCard';
import { TokensCard } from './TokensCard';
import { useLinkedFunction } from './useLinkedFunction';
import { useTokens } from './useTokens';

/** Addresses, functions and tokens of an app. */
export function UseItTab() {
  const { live } = useDeployment();
  return (
    <LiveContent live={live} what="Endpoints" skeletons={[280, 400]}>
      {({ app }) => <UseIt app={app} />}
    </LiveContent>
  );
}

function UseIt({ app }: { app: AppView }) {
  const gateway = useGatewayUrl();
  const tokens = useTokens(app);
  const tenant = useLiveList<TenantView>('/tenants').value?.find(
    ({ metadata }) => metadata.name === app.tenant,
  );
  const served = (app.status?.environments ?? []).filter(
    ({ contract }) => contract,
  );
  const linked = useLinkedFunction();
  return (
    <Grid container spacing={3}>
      <Grid item xs={12} md={7}>
        <TokensCard app={app} hasGateway={!!gateway} tokens={tokens} />
      </Grid>
      <Grid item xs={12} md={5}>
        <CodeCard
          app={app}
          tenant={tenant?.spec.title ?? app.tenant}
          token={tokens.git}
        />
      </Grid>
      {!gateway && (
        <Grid item xs={12}>
          <EmptyState title="No gateway">
            This portal has no gateway, so apps can't be read from other tools.
            Ask a platform engineer to set bailiwick.gateway.baseUrl.
          </EmptyState>
        </Grid>
      )}
      {gateway && served.length === 0 && (
        <Grid item xs={12}>
          <EmptyState title="Nothing to read yet">
            Functions, addresses and columns appear when the app runs for the
            first time. See the Deploy tab for its progress.
          </EmptyState>
        </Grid>
      )}
      {gateway &&
        served.map(({ name }) => (
          <Grid item xs={12} key={name}>
            <ODataCard
              environment={name}
              address={`${gateway}/odata/v1/${app.tenant}/${name}/${app.metadata.name}/`}
            />
          </Grid>
        ))}
      {served.flatMap((environment: AppEnvironmentStatus, index) =>
        environment.contract!.functions.map(fn => (
          <Grid
            item
            xs={12}
            key={`${environment.name}/${fn.name}`}
            ref={index === 0 && fn.name === linked.name ? linked.ref : null}
          >
            <FunctionCard
              fn={fn}
              delivery={app.spec.delivery}
              environment={environment.name}
              address={
                gateway &&
                `${gateway}/v1/${app.tenant}/${environment.name}/${app.metadata.name}/${fn.name}`
              }
            />
          </Grid>
        )),
      )}
    </Grid>
  );
}
