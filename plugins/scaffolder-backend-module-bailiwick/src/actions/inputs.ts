import { z } from 'zod/v3';

/** Name of the tenant that an app belongs to. */
export const tenantInput = z.string().max(40).describe('Name of the tenant');

/** Name of an app. */
export const nameInput = z
  .string()
  .max(40)
  .describe('Name of the app and its repository');

/** Archetype of a pack in one version. */
export const archetypeInput = z
  .object({
    pack: z.string().describe('Name of the pack'),
    version: z.string().describe('Version of the pack'),
    name: z.string().describe('Name of the archetype'),
  })
  .strict()
  .describe('Archetype of the app');

/** Answers to the archetype's form. */
export const answersInput = z
  .record(z.string(), z.any())
  .describe("Answers to the archetype's form");
