import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { distFolder } from '../paths';
import type { AddIn } from './AddIn';

/**
 * Returns the script of an add-in: its functions as data, and the program that reads them (`client/addIn.browser.ts`),
 * which `scripts/bundle.mjs` writes beside that of the gateway.
 */
export async function scriptOf(addIn: AddIn): Promise<string> {
  const program = await readFile(join(distFolder, 'addIn.browser.js'), 'utf8');
  return `var bailiwickAddIn = ${JSON.stringify(addIn)};\n${program}`;
}
