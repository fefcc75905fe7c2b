#!/usr/bin/env -S node --disable-warning=MODULE_TYPELESS_PACKAGE_JSON
// The hook is the repository's, not a package's: this command runs before anything is installed.
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import '../../../scripts/typescript.mjs';

const { main } = await import('../src/cli.ts');
process.exitCode = await main(process.argv.slice(2));
