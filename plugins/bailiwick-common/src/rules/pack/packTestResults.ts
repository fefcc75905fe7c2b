import { z } from 'zod';

/** Rows of a result that a test returned, from which the gallery draws a picture. @public */
export interface ArchetypeSample {
  /** Function of the contract that returned the rows. */
  function: string;
  /** At least one row and at most {@link maxSampleRows}, with plain values by column. */
  rows: Record<string, string | number | boolean | null>[];
}

/** Most rows of an {@link ArchetypeSample}. @public */
export const maxSampleRows = 24;

/** Numbers of passed and failed tests of an archetype, with rows of one test. @public */
export interface ArchetypeTestResult {
  passed: number;
  failed: number;
  sample?: ArchetypeSample;
}

/** Results of a pack's contract tests, with the hash of the tested files. @public */
export interface PackTestResults {
  /** Digest of everything that the pack consisted of, such as `sha256:0a1b…`. */
  digest: string;
  /** Version of the function runtime that tried it. */
  runtime: string;
  /** Version from which the upgrade was tried, when it was. */
  previous?: string;
  /** Results by archetype. */
  archetypes: Record<string, ArchetypeTestResult>;
}

const sampleSchema: z.ZodType<ArchetypeSample> = z.object({
  function: z.string().max(100),
  rows: z
    .array(
      z.record(
        z.string().max(100),
        z.union([z.string(), z.number(), z.boolean(), z.null()]),
      ),
    )
    .min(1)
    .max(maxSampleRows),
});

const archetypeResultSchema: z.ZodType<ArchetypeTestResult> = z.object({
  passed: z.int().min(0),
  failed: z.int().min(0),
  sample: sampleSchema.optional(),
});

const testResultsSchema: z.ZodType<PackTestResults> = z.object({
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  runtime: z.string().max(40),
  previous: z.string().max(100).optional(),
  archetypes: z.record(z.string().max(63), archetypeResultSchema),
});

/** Test results that an annotation of a pack or a file holds; `undefined` when it holds none. @public */
export function readTestResults(
  text: string | undefined,
): PackTestResults | undefined {
  try {
    return testResultsSchema.safeParse(JSON.parse(text ?? '')).data;
  } catch {
    return undefined;
  }
}
