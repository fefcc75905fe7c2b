import type { LogLine } from '../process';
import { identityOf, isWrite, type Passage } from '../proxy';
import { differences, type EndState } from './EndState';

/** Description of a violation, as a sentence. */
export type Violation = string;

const tenantless = (passage: Passage, tenant: string) =>
  identityOf(passage).replaceAll(tenant, 'TENANT');

/** O1: the end state is that of a run without faults. */
export function sameEndState(
  reference: EndState,
  found: EndState,
): Violation[] {
  return differences(reference, found).map(one => `O1: ${one}`);
}

/** O2: no object is created or deleted more often than in a run without faults. */
export function noMoreThan(
  reference: { writes: Passage[]; tenant: string },
  run: { writes: Passage[]; tenant: string },
): Violation[] {
  const allowed = countBirthsAndDeaths(reference);
  return [...countBirthsAndDeaths(run)].flatMap(([what, count]) =>
    count > (allowed.get(what) ?? 0)
      ? [`O2: ${what} ${count} times, not ${allowed.get(what) ?? 0}`]
      : [],
  );
}

function countBirthsAndDeaths({
  tenant,
  writes,
}: {
  writes: Passage[];
  tenant: string;
}): Map<string, number> {
  const counts = new Map<string, number>();
  for (const write of writes) {
    const isOf = identityOf(write).includes(tenant);
    const isDeath = isDeletion(write);
    if (!isOf || (write.status !== 201 && !isDeath)) continue;
    const what = `${isDeath ? 'delete' : 'create'} ${tenantless(
      write,
      tenant,
    )}`;
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return counts;
}

/** Whether an object was deleted with the knowledge of the client. */
export function isDeletion({ fault, status = 500, verb }: Passage): boolean {
  return verb === 'delete' && status < 300 && fault !== 'loseResponse';
}

/** O3: foreign objects are unchanged, by identity and version. */
export function untouched(
  before: Map<string, string>,
  after: Map<string, string>,
): Violation[] {
  return [...before].flatMap(([name, version]) =>
    after.get(name) === version
      ? []
      : [`O3: ${name} is foreign and was changed or deleted`],
  );
}

/** O3: nothing remains of deleted tenants. */
export function noOrphans(end: EndState): Violation[] {
  return Object.keys(end).map(name => `O3: ${name} was left behind`);
}

/** O4: nothing is written any more once everything is as it should be; leases apart. */
export function quiet(passages: Passage[]): Violation[] {
  return passages
    .filter(passage => isWrite(passage) && passage.resource !== 'leases')
    .map(
      write =>
        `O4: ${write.verb} ${identityOf(write)} although nothing changed`,
    );
}

/** O4: nothing is written of a tenant of which nothing changes, whatever becomes of others. */
export function quietOf(tenant: string, passages: Passage[]): Violation[] {
  return quiet(
    passages.filter(
      ({ name, namespace = '' }) =>
        name === tenant || namespace.startsWith(`${tenant}--`),
    ),
  );
}

/** O8: no secret appears where many can read it. */
export function noSecrets(
  secrets: string[],
  log: LogLine[],
  events: unknown[] = [],
): Violation[] {
  const lines = [...log, ...events].map(line => JSON.stringify(line));
  return secrets.flatMap(secret =>
    lines.some(line => line.includes(secret))
      ? [
          `O8: a secret of ${secret.length} characters is in the log or an event`,
        ]
      : [],
  );
}
