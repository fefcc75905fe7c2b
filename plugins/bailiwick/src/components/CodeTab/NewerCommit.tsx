import type {
  AppView,
  FileTree,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { withFullStop } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  bailiwickApiRef,
  ConfirmDialog,
  formatList,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { useApi } from '@backstage/core-plugin-api';
import { Button, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { useEffect, useRef, useState } from 'react';
import useAsync from 'react-use/esm/useAsync';
import type { Edits } from './useEdits';

/**
 * Carries changes over to a newer commit: silently if it did not touch the same files, and otherwise by the person's
 * decision, so that no commit is overwritten unnoticed.
 */
export function NewerCommit({
  app,
  edits,
  hasFocus,
  onChange,
  onCompare,
  tree,
}: {
  app: AppView;
  edits: Edits;
  /** Whether a decision gets the keyboard focus, because a commit was rejected. */
  hasFocus: boolean;
  onChange: (edits: Edits) => void;
  /** Shows how the changed file differs from that of the newer commit. */
  onCompare: (path: string) => void;
  tree: FileTree;
}) {
  const client = useApi(bailiwickApiRef);
  const { name } = app.metadata;
  const { base, files } = edits;
  const [isReplacing, setReplacing] = useState(false);
  const isOutdated = base !== tree.commit;
  const {
    error,
    loading,
    value: touched,
  } = useAsync(async () => {
    if (!isOutdated) return undefined;
    const before = hashesOf(
      await client.listFiles(app.tenant, name, { commit: base }),
    );
    const after = hashesOf(tree);
    return changesLeft(files, after)
      .map(([path]) => path)
      .filter(path => before.get(path) !== after.get(path));
    // The files are those of the time when the newer commit was found.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [app.tenant, base, client, isOutdated, name, tree.commit]);
  const isClear = isOutdated && !loading && touched?.length === 0;
  useEffect(() => {
    if (!isClear) return;
    const left = changesLeft(edits.files, hashesOf(tree));
    onChange({ base: tree.commit, files: Object.fromEntries(left) });
  }, [edits, isClear, onChange, tree]);
  const warning = useRef<HTMLDivElement>(null);
  const isAsking = isOutdated && !loading && (touched ?? []).length > 0;
  useEffect(() => {
    if (isAsking && hasFocus) warning.current?.focus();
  }, [hasFocus, isAsking]);
  if (!isOutdated || loading) return null;
  if (error)
    return (
      <Alert severity="error">
        Can’t compare your changes with the newest commit:{' '}
        {withFullStop(error.message)} Reload the page to try again, or discard
        your changes.
      </Alert>
    );
  if (!touched || touched.length === 0) return null;
  const versions = touched.length === 1 ? 'version' : 'versions';
  const keepOthers = () =>
    onChange({
      base: tree.commit,
      files: Object.fromEntries(
        Object.entries(files).filter(([path]) => !touched.includes(path)),
      ),
    });
  return (
    <Alert severity="warning" ref={warning} tabIndex={-1}>
      <Stack spacing={1} align="start">
        <Typography variant="body2">
          {`A newer commit also changed ${formatList(
            touched,
          )}. Committing your ${versions} would overwrite that commit’s changes to ${
            touched.length === 1 ? 'this file' : 'these files'
          }.`}
        </Typography>
        <Stack direction="row" spacing={1}>
          <Button
            size="small"
            variant="outlined"
            onClick={() => setReplacing(true)}
          >
            Use the newer {versions}
          </Button>
          <Button
            size="small"
            variant="outlined"
            onClick={() => onChange({ ...edits, base: tree.commit })}
          >
            Keep my {versions}
          </Button>
          <Button size="small" onClick={() => onCompare(touched[0])}>
            Show differences
          </Button>
        </Stack>
      </Stack>
      {isReplacing && (
        <ConfirmDialog
          title={`Use the newer ${versions}?`}
          confirm="Discard my changes"
          isDestructive
          onClose={() => setReplacing(false)}
          onConfirm={async () => keepOthers()}
        >
          Your changes to {formatList(touched)} can’t be restored.
        </ConfirmDialog>
      )}
    </Alert>
  );
}

/** Returns changes without deletions of files that the newer commit has deleted, too. */
function changesLeft(
  files: Edits['files'],
  known: ReadonlyMap<string, unknown>,
): [path: string, content: string | null][] {
  return Object.entries(files).filter(
    ([path, content]) => content !== null || known.has(path),
  );
}

function hashesOf({ files }: FileTree): Map<string, string> {
  return new Map(files.map(({ hash, path }) => [path, hash]));
}
