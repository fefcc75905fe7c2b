import type {
  BranchView,
  NewCommit,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  branchConflict,
  branchProblem,
  mainBranch,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { TextField, Typography } from '@material-ui/core';
import { useId } from 'react';
import { SelectField } from '../SelectField';

/** The branch that gets a commit. */
export interface Target {
  branch: string;
  /** Whether the commit creates the branch. */
  isNew: boolean;
}

/** Value of the option for a new branch; no branch has this name. */
const newBranch = '';

/** Chooses the branch that gets a commit. */
export function CommitTarget({
  branches,
  onChange,
  target: { branch, isNew },
}: {
  branches: BranchView[];
  onChange: (target: Target) => void;
  target: Target;
}) {
  const id = useId();
  const names = branches.map(({ name }) => name);
  const known = isNew || names.includes(branch) ? names : [branch, ...names];
  const problem =
    isNew && branch !== '' ? nameProblem(branch, branches) : undefined;
  return (
    <Stack>
      <Stack direction="row" spacing={1}>
        <SelectField
          label="Target branch"
          value={isNew ? newBranch : branch}
          options={[...known, { value: newBranch, label: 'New branch' }]}
          onChange={value =>
            onChange({ branch: value, isNew: value === newBranch })
          }
        />
        {isNew && (
          <TextField
            id={id}
            required
            label="Branch name"
            size="small"
            value={branch}
            error={problem !== undefined}
            helperText={problem}
            onChange={({ target }) =>
              onChange({ branch: target.value, isNew: true })
            }
          />
        )}
      </Stack>
      {(isNew || branch !== mainBranch) && (
        <Typography variant="body2" color="textSecondary">
          Only commits to main are deployed. To deploy this one, merge the
          branch into main with git.
        </Typography>
      )}
    </Stack>
  );
}

/** Whether a commit can be created on a target. */
export function isComplete(
  { branch, isNew }: Target,
  branches: readonly BranchView[],
): boolean {
  return !isNew || nameProblem(branch, branches) === undefined;
}

function nameProblem(
  branch: string,
  branches: readonly BranchView[],
): string | undefined {
  return (
    branchProblem(branch) ??
    branchConflict(
      branch,
      branches.map(({ name }) => name),
    )
  );
}

/** Returns the part of a request that names the branch. */
export function branchOf({
  branch,
  isNew,
}: Target): Pick<NewCommit, 'branch' | 'isNewBranch'> {
  if (isNew) return { branch, isNewBranch: true };
  return branch === mainBranch ? {} : { branch };
}
