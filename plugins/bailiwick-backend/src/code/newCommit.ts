import { z } from 'zod';

/** Most characters of a path. */
export const longestPath = 300;
/** Most characters of a file. */
const longestFile = 1024 ** 2;

/** Content of a file. */
export const fileSchema = z.string().max(longestFile);

/** Path of a file in a repository. */
export const pathSchema = z.string().min(1).max(longestPath);

/** Commit by all of its digits. */
export const fullHashSchema = z
  .string()
  .regex(
    /^[0-9a-f]{40}$/,
    'must be a full commit hash (40 hexadecimal digits)',
  );

/** Changed files; deleted ones have no content. */
export const changesSchema = z
  .array(
    z.strictObject({
      path: pathSchema,
      content: fileSchema.nullable(),
    }),
  )
  .max(200);

/** A commit to `main`, from the editor or a workspace. */
export const newCommitSchema = z.strictObject({
  base: fullHashSchema,
  message: z
    .string()
    .trim()
    .min(1, 'must describe the change')
    .max(2_000, 'must have at most 2,000 characters'),
  files: changesSchema.min(1, 'must contain at least one file'),
});

/** A commit to any branch, from the editor. */
export const branchCommitSchema = newCommitSchema.extend({
  branch: z.string().optional(),
  isNewBranch: z.boolean().optional(),
});
