import type {
  AppView,
  CreatedCommit,
  FileTree,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { withFullStop } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  bailiwickApiRef,
  ConfirmDialog,
  formatCount,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import { Button, TextField, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { useId, useState } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { useAppAddress } from '../AppLink';
import type { FileState } from './fileStates';
import type { Edits } from './useEdits';

/** Commits the changes to main. */
export function CommitForm({
  app,
  edits: { base, files },
  isBusy,
  isKept,
  onBusy,
  onCommitted,
  onDiscard,
  onOutdated,
  states,
  tree,
}: {
  app: AppView;
  edits: Edits;
  /** Whether a commit is under way. */
  isBusy: boolean;
  /** Whether the browser's storage has the changes. */
  isKept: boolean;
  onBusy: (isBusy: boolean) => void;
  /** Receives the new commit and its changes. */
  onCommitted: (commit: string, files: Edits['files']) => void;
  onDiscard: () => void;
  /** Called after a failure, which can be due to a newer commit. */
  onOutdated: () => void;
  states: ReadonlyMap<string, FileState | undefined>;
  tree: FileTree;
}) {
  const client = useApi(bailiwickApiRef);
  const id = useId();
  const { name } = app.metadata;
  const page = useAppAddress()({ name, tenant: app.tenant });
  const [message, setMessage] = useState('');
  const [isDiscarding, setDiscarding] = useState(false);
  const changed = [...states.values()].filter(Boolean).length;
  const [{ error, loading, value }, commit] = useAsyncFn(async () => {
    onBusy(true);
    try {
      const created = await client.commitFiles(app.tenant, name, {
        base: tree.commit,
        message,
        files: Object.entries(files).map(([path, content]) => ({
          path,
          content,
        })),
      });
      setMessage('');
      onCommitted(created.commit, files);
      return created;
    } catch (problem) {
      onOutdated();
      throw problem;
    } finally {
      onBusy(false);
    }
  }, [
    ...[app.tenant, client, files, message, name],
    ...[onBusy, onCommitted, onOutdated, tree],
  ]);
  const isOutdated = changed > 0 && base !== tree.commit;
  return (
    <Stack>
      {changed > 0 ? (
        <form
          onSubmit={event => {
            event.preventDefault();
            if (!isBusy) commit();
          }}
        >
          <Stack>
            <TextField
              id={id}
              fullWidth
              required
              label="Commit message"
              size="small"
              value={message}
              inputProps={{ maxLength: 2_000 }}
              onChange={({ target }) => setMessage(target.value)}
            />
            <Stack direction="row" spacing={1}>
              <Button
                type="submit"
                variant="contained"
                color="primary"
                disabled={isBusy || isOutdated || message.trim() === ''}
              >
                {isBusy
                  ? 'Committing…'
                  : `Commit ${formatCount(changed, 'file')} to main`}
              </Button>
              <Button disabled={isBusy} onClick={() => setDiscarding(true)}>
                Discard changes
              </Button>
            </Stack>
            {isKept ? (
              <Typography variant="body2" color="textSecondary">
                Your changes are kept in this browser until you commit or
                discard them.
              </Typography>
            ) : (
              <Alert severity="warning">
                This browser can’t store your changes. Commit them before you
                leave the page.
              </Alert>
            )}
          </Stack>
        </form>
      ) : (
        <Typography variant="body2" color="textSecondary">
          No changes. Commits to main run as the draft within seconds.
        </Typography>
      )}
      {error && !loading && (
        <Alert severity="error">
          Not committed: {withFullStop(error.message)}
        </Alert>
      )}
      <div role="status">
        {value && changed === 0 && <Committed of={value} page={page} />}
      </div>
      {isDiscarding && (
        <ConfirmDialog
          title="Discard changes?"
          confirm="Discard changes"
          isDestructive
          onClose={() => setDiscarding(false)}
          onConfirm={async () => onDiscard()}
        >
          The changes of {formatCount(changed, 'file')} can’t be restored.
        </ConfirmDialog>
      )}
    </Stack>
  );
}

function Committed({
  of: { commit, waiting },
  page,
}: {
  of: CreatedCommit;
  page: string;
}) {
  return (
    <Alert severity={waiting ? 'warning' : 'success'}>
      {waiting ? (
        `Committed ${commit.slice(0, 7)}. ${waiting}`
      ) : (
        <>
          Committed {commit.slice(0, 7)}. The code is being deployed to
          environments with a draft; see the{' '}
          <Link to={`${page}/deploy`}>Deploy tab</Link>.
        </>
      )}
    </Alert>
  );
}
