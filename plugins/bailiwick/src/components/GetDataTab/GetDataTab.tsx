import type { Run } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  AppView,
  ReadableApp,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  LiveContent,
  EmptyState,
  Stack,
  useLinkedField,
  useLiveList,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { isRelational } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { Box, Grid, Typography } from '@material-ui/core';
import { useRef, useState } from 'react';
import { AppAccess } from '../access/AppAccess';
import { isRefused } from '../access/isRefused';
import { useAppAccess, type AppRef } from '../access/useAppAccess';
import { TabCard } from '../TabCard';
import { useDeployment } from '../useDeployment';
import { useGatewayUrl } from '../useGatewayUrl';
import { AddressCard } from './AddressCard';
import { CodeCard } from './CodeCard';
import { FunctionCard } from './FunctionCard';
import { ReadersCard } from './ReadersCard';
import { TokensCard } from './TokensCard';
import { ToolsCard } from './ToolsCard';
import { queryOf, valuesOf, wrongFieldsOf } from './tools';
import { useTokens } from './useTokens';

/** How to read an app in various tools, its functions and its tokens. */
export function GetDataTab() {
  const { app: opened, live } = useDeployment();
  return (
    // Contains the margins of the grids, which would move the page when the skeletons end.
    <Box display="flow-root">
      {isRefused(live) ? (
        opened && <GrantedData app={opened} />
      ) : (
        <LiveContent live={live} what="Data" skeletons={[280, 400]}>
          {({ app, work }) => (
            // Neither tokens nor choices of one app belong to another one.
            <GetData
              key={`${app.tenant}/${app.metadata.name}`}
              app={app}
              runs={work?.runs}
              own={app}
            />
          )}
        </LiveContent>
      )}
    </Box>
  );
}

/** The same for people with granted access, as far as it reaches. */
function GrantedData({ app }: { app: AppRef }) {
  const { access } = useAppAccess(app);
  return (
    <LiveContent live={access} what="Your access" skeletons={[120]}>
      {({ readable }) =>
        readable ? (
          <Grid container spacing={3}>
            <Grid item xs={12}>
              <TabCard title="Access">
                <AppAccess app={app} isBesideData />
              </TabCard>
            </Grid>
            <Grid item xs={12}>
              <GetData key={`${app.tenant}/${app.name}`} app={readable} />
            </Grid>
          </Grid>
        ) : (
          <TabCard title="Access">
            <Stack>
              <Typography>
                You need access to read this app’s data. An owner decides.
              </Typography>
              <AppAccess app={app} isBesideData />
            </Stack>
          </TabCard>
        )
      }
    </LiveContent>
  );
}

function GetData({
  app,
  own,
  runs,
}: {
  app: ReadableApp;
  /** The app with its code, for members. */
  own?: AppView;
  runs?: Run[];
}) {
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
  const functions = environment?.contract!.functions ?? [];
  const [chosenFn, chooseFn] = useState(linked.fn);
  // Most tools read tables.
  const fn =
    functions.find(({ name }) => name === chosenFn) ??
    functions.find(({ result }) => isRelational(result)) ??
    functions[0];
  // Values belong to one environment, whose code can differ.
  const keyOf = (name: string) => `${environment?.name} ${name}`;
  const [texts, setTexts] = useState<Record<string, Record<string, string>>>(
    {},
  );
  const tools = useRef<HTMLDivElement>(null);
  return (
    <Grid container spacing={3}>
      {!gateway && (
        <Grid item xs={12}>
          <EmptyState title="No gateway">
            This portal has no gateway, so apps can’t be read from other tools.
            Ask the platform team to set bailiwick.gateway.baseUrl.
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
      {gateway && environment && fn && (
        <Grid item xs={12}>
          <ToolsCard
            app={app}
            environment={environment}
            fn={fn}
            gateway={gateway}
            innerRef={tools}
            onEnvironment={choose}
            onFunction={chooseFn}
            given={valuesOf(fn, texts[keyOf(fn.name)])}
            query={queryOf(fn, texts[keyOf(fn.name)])}
            served={served}
            tokens={tokens}
            wrongFields={wrongFieldsOf(fn, texts[keyOf(fn.name)])}
          />
        </Grid>
      )}
      {functions.map(one => (
        <Grid
          item
          xs={12}
          key={one.name}
          ref={one.name === linked.fn ? linked.ref : null}
        >
          <FunctionCard
            key={environment!.name}
            app={app}
            environment={environment!}
            fn={one}
            onChange={entered =>
              setTexts(before => ({
                ...before,
                [keyOf(one.name)]: entered,
              }))
            }
            onTools={
              gateway
                ? () => {
                    chooseFn(one.name);
                    tools.current?.scrollIntoView?.({ block: 'center' });
                    tools.current?.focus();
                  }
                : undefined
            }
            runs={runs}
            texts={texts[keyOf(one.name)]}
          />
        </Grid>
      ))}
      {/* Platform engineers have no role, and see the readers, too. */}
      {own && tenant && (tenant.myRole ?? 'owner') === 'owner' && (
        <ReadersCard app={own} />
      )}
      {own && environment && (
        <AddressCard
          key={environment.name}
          app={own}
          environment={environment.name}
        />
      )}
      <Grid item xs={12} md={own ? 7 : 12}>
        <TokensCard tokens={tokens} />
      </Grid>
      {own && (
        <Grid item xs={12} md={5}>
          <CodeCard
            app={own}
            tenant={tenant?.spec.title ?? app.tenant}
            token={tokens.git}
          />
        </Grid>
      )}
    </Grid>
  );
}
