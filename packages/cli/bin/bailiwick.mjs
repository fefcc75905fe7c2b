#!/usr/bin/env node
// Runs the bailiwick command from its sources with the repository's TypeScript loader.
await import('../../../scripts/typescript.mjs');
await import('../src/main.ts');
