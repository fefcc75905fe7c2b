import { z } from 'zod';

/** How many checks of an archetype hold, and how many do not. */
export interface ArchetypeVerdict {
  passed: number;
  failed: number;
}

/** What the contract tests of a pack gave, and for which files. */
export interface PackVerdict {
  /** Digest of everything that the pack consisted of, such as `sha256:0a1b…`. */
  digest: string;
  /** Version of the function runtime that tried it. */
  runtime: string;
  /** Version from which the upgrade was tried, when it was. */
  previous?: string;
  /** Numbers of checks by archetype. */
  archetypes: Record<string, ArchetypeVerdict>;
}

const archetypeVerdictSchema: z.ZodType<ArchetypeVerdict> = z.object({
  passed: z.int().min(0),
  failed: z.int().min(0),
});

const packVerdictSchema: z.ZodType<PackVerdict> = z.object({
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  runtime: z.string().max(40),
  previous: z.string().max(100).optional(),
  archetypes: z.record(z.string().max(63), archetypeVerdictSchema),
});

/** The verdict that an annotation of a pack or a file holds; `undefined` when it holds none. */
export function readPackVerdict(
  text: string | undefined,
): PackVerdict | undefined {
  return readAs(packVerdictSchema, text);
}

/** The verdict that an annotation of a template holds; `undefined` when it holds none. */
export function readArchetypeVerdict(
  text: string | undefined,
): ArchetypeVerdict | undefined {
  return readAs(archetypeVerdictSchema, text);
}

function readAs<T>(schema: z.ZodType<T>, text = ''): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
