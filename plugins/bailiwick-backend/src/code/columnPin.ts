import type { ColumnPin } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { z } from 'zod';
import { fileSchema, pathSchema } from './newCommit';

/** Characters of a reason. */
const longestReason = 2_000;

/** How the runtime pins columns, which the code of an app can forge. */
export const columnPin = z
  .object({
    rows: z.int().min(0),
    file: pathSchema.optional(),
    content: fileSchema.optional(),
    refusal: z
      .string()
      .transform(one => one.slice(0, longestReason))
      .optional(),
  })
  .transform(
    ({ content, file, refusal, rows }): ColumnPin => ({
      rows,
      ...(file !== undefined &&
        content !== undefined && { changed: { path: file, content } }),
      ...(refusal !== undefined && { refusal }),
    }),
  );
