import type {
  AppView,
  ReleaseView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  mainBranch,
  withFullStop,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  EmptyState,
  LiveContent,
  Stack,
  useAddress,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import Alert from '@material-ui/lab/Alert';
import { useState } from 'react';
import { ForeignApp } from '../access/ForeignApp';
import { isRefused } from '../access/isRefused';
import { isOutOfReach } from '../AppHeader/codeAddress';
import { useDeployment } from '../useDeployment';
import { useMe } from '../useMe';
import { BackToMain } from './BranchBar';
import { RepositoryNotice } from './RepositoryNotice';
import { useTree } from './useTree';
import { WorkingTree } from './WorkingTree';

/** The code of an app, with changes and commits for people who build. */
export function CodeTab() {
  const { live } = useDeployment();
  if (isRefused(live)) return <ForeignApp />;
  return (
    <LiveContent live={live} what="Code" skeletons={[480]}>
      {({ app, pipeline }) =>
        isOutOfReach(app) ? (
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
  const { value: me } = useMe();
  const [address, changeAddress] = useAddress();
  const [hasMoved, setMoved] = useState(false);
  const branch = address.get('branch') || mainBranch;
  const open = (other: string) => {
    setMoved(true);
    changeAddress(
      { branch: other === mainBranch ? undefined : other },
      { replace: false },
    );
  };
  const { error, retry, tree: loaded } = useTree(app, branch);
  return (
    <Stack>
      {app.hasMirror && <RepositoryNotice app={app} />}
      {error && branch !== mainBranch && (
        <Alert severity="warning" action={<BackToMain onOpen={open} />}>
          Can’t load branch {branch}: {withFullStop(error.message)} Your changes
          are kept.
        </Alert>
      )}
      <LiveContent
        live={{ error, value: me && loaded }}
        onRetry={retry}
        what="Code"
        skeletons={[480]}
      >
        {tree =>
          tree.isCut ? (
            <EmptyState title="Too many files">
              The repository has more files than this page can show.{' '}
              {app.canBuild
                ? 'To read and change the code, clone the repository: see the Get data tab.'
                : 'Only builders and owners can clone it.'}
            </EmptyState>
          ) : (
            <WorkingTree
              // Changes of one branch do not belong to another.
              key={branch}
              app={app}
              branch={branch}
              hasFocus={hasMoved}
              onOpen={open}
              person={me!.user}
              releases={releases}
              reload={retry}
              tree={tree}
            />
          )
        }
      </LiveContent>
    </Stack>
  );
}
