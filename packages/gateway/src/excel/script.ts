import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { distFolder } from '../paths';
import type { AddIn } from './AddIn';

let program: Promise<string> | undefined;

/** Returns the script of an add-in: its functions as data, and the program that reads them (`client/addIn.browser.ts`). */
export async function scriptOf(addIn: AddIn): Promise<string> {
  program ??= readFile(join(distFolder, 'addIn.browser.js'), 'utf8');
  return `var bailiwickAddIn = ${JSON.stringify(addIn)};\n${await program}`;
}
