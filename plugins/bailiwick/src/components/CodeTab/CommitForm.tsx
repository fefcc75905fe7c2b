import type {
  AppView,
  CreatedCommit,
  FileTree,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  formatCommit,
  mainBranch,
  withFullStop,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  bailiwickApiRef,
  ConfirmDialog,
  formatCount,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import { Button, makeStyles, TextField, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import isEqual from 'fast-deep-equal';
import { useEffect, useId, useRef, useState } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { useAppAddress } from '../AppLink';
import {
  branchOf,
  CommitTarget,
  isComplete,
  type Target,
} from './CommitTarget';
import type { FileState } from './fileStates';
import type { Edits } from './useEdits';

const useStyles = makeStyles({ outcome: { outline: 'none' } });

/** Commits the changes to a branch. */
export function CommitForm({
  app,
  branch,
  edits: { base, files },
  isBusy,
  isKept,
  onBusy,
  onCommitted,
  onDiscard,
  onOpen,
  onOutdated,
  states,
  tree,
}: {
  app: AppView;
  /** The open branch. */
  branch: string;
  edits: Edits;
  /** Whether a commit is under way. */
  isBusy: boolean;
  /** Whether the browser's storage has the changes. */
  isKept: boolean;
  onBusy: (isBusy: boolean) => void;
  /** Receives the new commit, its changes, and whether the open branch has it. */
  onCommitted: (commit: string, files: Edits['files'], isHere: boolean) => void;
  onDiscard: () => void;
  /** Opens another branch. */
  onOpen: (branch: string) => void;
  /** Called after a failure, which can be due to a newer commit. */
  onOutdated: () => void;
  states: ReadonlyMap<string, FileState | undefined>;
  tree: FileTree;
}) {
  const classes = useStyles();
  const client = useApi(bailiwickApiRef);
  const id = useId();
  const { name } = app.metadata;
  const page = useAppAddress()({ name, tenant: app.tenant });
  const [message, setMessage] = useState('');
  const [target, setTarget] = useState<Target>({ branch, isNew: false });
  const [isDiscarding, setDiscarding] = useState(false);
  // The changes that could not be committed.
  const [failed, setFailed] = useState<Edits['files']>();
  const branches = tree.branches ?? [];
  const changed = [...states.values()].filter(Boolean).length;
  const [{ error, loading, value }, commit] = useAsyncFn(async () => {
    onBusy(true);
    try {
      const created = await client.commitFiles(app.tenant, name, {
        base: tree.commit,
        ...branchOf(target),
        message,
        files: Object.entries(files).map(([path, content]) => ({
          path,
          content,
        })),
      });
      setMessage('');
      setTarget({ branch, isNew: false });
      onCommitted(created.commit, files, target.branch === branch);
      return { ...created, branch: target.branch };
    } catch (problem) {
      setFailed(files);
      onOutdated();
      throw problem;
    } finally {
      onBusy(false);
    }
  }, [
    ...[app.tenant, branch, client, files, message, name, target],
    ...[onBusy, onCommitted, onOutdated, tree],
  ]);
  // The form with the keyboard focus is no longer shown.
  const outcome = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (value) outcome.current?.focus();
  }, [value]);
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
              onChange={event => setMessage(event.target.value)}
            />
            <CommitTarget
              branches={branches}
              onChange={setTarget}
              target={target}
            />
            <Stack direction="row" spacing={1}>
              <Button
                type="submit"
                variant="contained"
                color="primary"
                disabled={
                  isBusy ||
                  isOutdated ||
                  message.trim() === '' ||
                  !isComplete(target, branches)
                }
              >
                {isBusy
                  ? 'Committing…'
                  : `Commit ${formatCount(changed, 'file')} to ${
                      target.branch || 'a new branch'
                    }`}
              </Button>
              <Button disabled={isBusy} onClick={() => setDiscarding(true)}>
                Discard changes
              </Button>
            </Stack>
            {isOutdated && (
              <Typography variant="body2">
                A newer commit changed the same files. Choose above which
                version to keep; then commit.
              </Typography>
            )}
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
          No changes.{' '}
          {branch === mainBranch
            ? 'Commits to main run as the draft within seconds.'
            : `Commits to ${branch} are not deployed.`}
        </Typography>
      )}
      {error && !loading && isEqual(failed, files) && (
        <Alert severity="error">
          Not committed: {withFullStop(error.message)}
        </Alert>
      )}
      <div
        role="status"
        ref={outcome}
        tabIndex={-1}
        className={classes.outcome}
      >
        {value && changed === 0 && (
          <Committed of={value} onOpen={onOpen} opened={branch} page={page} />
        )}
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
  of: { branch, commit, waiting },
  onOpen,
  opened,
  page,
}: {
  of: CreatedCommit & { branch: string };
  onOpen: (branch: string) => void;
  /** The open branch. */
  opened: string;
  page: string;
}) {
  const hash = formatCommit(commit);
  if (waiting)
    return (
      <Alert severity="warning">
        Committed {hash}. {waiting}
      </Alert>
    );
  return (
    <Alert
      severity="success"
      action={
        branch !== opened && (
          <Button color="inherit" size="small" onClick={() => onOpen(branch)}>
            Open branch
          </Button>
        )
      }
    >
      {branch === mainBranch ? (
        <>
          Committed {hash}. The code is being deployed to environments with a
          draft; see the <Link to={`${page}/deploy`}>Deploy tab</Link>.
        </>
      ) : (
        `Committed ${hash} to ${branch}. Nothing is deployed.`
      )}
    </Alert>
  );
}
