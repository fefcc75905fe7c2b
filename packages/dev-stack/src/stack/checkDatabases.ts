import { CommandError } from '@bailiwick/backstage-cli';
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const extension = '.sqlite';
/** Result codes SQLITE_CORRUPT and SQLITE_NOTADB of https://www.sqlite.org/rescode.html. */
const damagedCodes = [11, 26];

/** Data that is lost with the database of a Backstage plugin, by plugin ID. */
const losses: Record<string, string> = {
  app: 'nothing is lost',
  auth: 'everyone signs in again',
  bailiwick:
    'the portal forgets which notifications it sent, nothing else is lost',
  catalog:
    'the catalog is rebuilt, only locations that were registered by hand are lost',
  kubernetes: 'nothing is lost',
  'mcp-actions': 'nothing is lost',
  notifications: 'all notifications are lost',
  permission: 'nothing is lost',
  scaffolder: 'the list of past template runs is lost',
  signals: 'nothing is lost',
  'user-settings': 'starred entities and other settings of people are lost',
};

/**
 * Checks the SQLite databases of the portal, one file per plugin, before the portal opens them.
 *
 * @param folder - with the files `<plugin>.sqlite`; may not exist
 * @throws CommandError that names the first damaged file and the data that is lost if it is deleted
 */
export function checkDatabases(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith(extension)) continue;
    const damage = findDamage(join(folder, name));
    if (damage === undefined) continue;
    const plugin = basename(name, extension);
    throw new CommandError(
      `${join(folder, name)} is damaged: ${damage}.`,
      `Delete it and start again: ${
        losses[plugin] ?? `what the plugin ${plugin} stored is lost`
      }.`,
    );
  }
}

/** Returns the damage of a database, `undefined` if there is none or the file cannot be opened for another reason. */
function findDamage(file: string): string | undefined {
  let database: DatabaseSync | undefined;
  try {
    // Not read-only: a journal that a killed portal left behind is rolled back first.
    database = new DatabaseSync(file);
    const [problem] = database.prepare('PRAGMA quick_check(1)').all();
    const text = String(Object.values(problem ?? { none: 'ok' })[0]);
    return text === 'ok' ? undefined : text.split('\n').pop();
  } catch (error) {
    const { errcode = 0, message } = error as Error & { errcode?: number };
    // The lower byte is the primary code of an extended one.
    return damagedCodes.includes(errcode % 256) ? message : undefined;
  } finally {
    database?.close();
  }
}
