import { z } from 'zod';
import { instantSchema, labelSchema, text } from './schema/scalars';

/** Maximum days of requested access to an app. @public */
export const maxAccessDays = 365;

/** Proposal of a person without membership for read access to an app in one environment. @public */
export const accessSchema = z.strictObject({
  environment: labelSchema.describe('Environment to read.'),
  functions: z
    .array(text(100, 'Name of a function.'))
    .min(1)
    .max(100)
    .optional()
    .describe('Functions to read; all by default.'),
  expiresAt: instantSchema.describe('End of the access (RFC 3339).'),
});
