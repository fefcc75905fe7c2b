import type { FileTree } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { mainBranch } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { useEffect, useRef } from 'react';
import { SelectField } from '../SelectField';

/** Shows which branch is open, and opens another one. */
export function BranchBar({
  branch,
  hasFocus,
  isBlocked,
  onOpen,
  tree: { branches = [] },
}: {
  /** The open branch. */
  branch: string;
  /** Whether the list gets the keyboard focus when it appears. */
  hasFocus: boolean;
  /** Whether changes would be lost, because the browser cannot store them. */
  isBlocked: boolean;
  onOpen: (branch: string) => void;
  tree: FileTree;
}) {
  const field = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (hasFocus)
      field.current?.querySelector<HTMLElement>('[aria-haspopup]')?.focus();
  }, [hasFocus]);
  if (isBlocked)
    return (
      <Typography variant="body2" color="textSecondary">
        Commit or discard your changes before you open another branch.
      </Typography>
    );
  const names = branches.map(({ name }) => name);
  return (
    <Stack>
      {(names.length > 1 || branch !== mainBranch) && (
        <div ref={field}>
          <SelectField
            label="Branch"
            value={branch}
            options={names.includes(branch) ? names : [branch, ...names]}
            onChange={onOpen}
          />
        </div>
      )}
      {branch !== mainBranch && (
        <Alert severity="info" action={<BackToMain onOpen={onOpen} />}>
          Branch {branch} is open. Its commits are not deployed; tries run its
          code with the connections and settings of the draft.
        </Alert>
      )}
    </Stack>
  );
}

/** Opens the branch that is deployed. */
export function BackToMain({ onOpen }: { onOpen: (branch: string) => void }) {
  return (
    <Button
      color="inherit"
      size="small"
      style={{ whiteSpace: 'nowrap' }}
      onClick={() => onOpen(mainBranch)}
    >
      Back to main
    </Button>
  );
}
