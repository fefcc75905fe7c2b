import type {
  AppView,
  ReleaseView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  EmptyState,
  LiveContent,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { useApi } from '@backstage/core-plugin-api';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { ForeignApp } from '../access/ForeignApp';
import { isRefused } from '../access/isRefused';
import { isElsewhere } from '../AppHeader/codeAddress';
import { useDeployment } from '../useDeployment';
import { useMe } from '../useMe';
import { WorkingTree } from './WorkingTree';

/** The code of an app, with changes and commits for people who build. */
export function CodeTab() {
  const { live } = useDeployment();
  if (isRefused(live)) return <ForeignApp />;
  return (
    <LiveContent live={live} what="Code" skeletons={[480]}>
      {({ app, pipeline }) =>
        isElsewhere(app) ? (
          <EmptyState title="Code on another git host">
            The code is in {app.spec.source.repository}. Change it there.
          </EmptyState>
        ) : (
          <Code
            key={`${app.tenant}/${app.metadata.name}`}
            app={app}
            releases={pipeline.releases}
          />
        )
      }
    </LiveContent>
  );
}

function Code({ app, releases }: { app: AppView; releases: ReleaseView[] }) {
  const client = useApi(bailiwickApiRef);
  const { value: me } = useMe();
  const { tenant } = app;
  const { name } = app.metadata;
  const { error, retry, value } = useAsyncRetry(
    () => client.listFiles(tenant, name),
    [client, tenant, name],
  );
  return (
    <LiveContent
      live={{ error, value: me && value }}
      onRetry={retry}
      what="Code"
      skeletons={[480]}
    >
      {tree =>
        tree.isCut ? (
          <EmptyState title="Too many files">
            The repository has more files than this page can show.{' '}
            {app.canBuild
              ? 'To read and change the code, clone the repository: choose Create git token on the Get data tab.'
              : 'Only builders and owners can clone it.'}
          </EmptyState>
        ) : (
          <WorkingTree
            app={app}
            person={me!.user}
            releases={releases}
            reload={retry}
            tree={tree}
          />
        )
      }
    </LiveContent>
  );
}
