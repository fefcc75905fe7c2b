import { SeededRandom } from '@bailiwick/backstage-testing/proxy';

/** Action of people in a campaign. */
export type Deed =
  | { do: 'create'; tenant: string; app: string; commit: string }
  | { do: 'scale'; tenant: string; app: string; replicas: number }
  | { do: 'run'; tenant: string; app: string; commit: string }
  | { do: 'remove'; tenant: string; app: string };

/** Fault of the operator or its connection. */
export type Mishap =
  /** Some answers are errors. */
  | { do: 'errors'; status: number; probability: number; forMs: number }
  /** Some answers to writes are lost. */
  | { do: 'lose'; probability: number; forMs: number }
  /** Watches deliver nothing for a while. */
  | { do: 'hold'; forMs: number }
  /** All watches break. */
  | { do: 'cut' }
  /** Connections to the API server are reset and refused. */
  | { do: 'away'; forMs: number }
  /** All connections fall silent; new ones work. */
  | { do: 'silence' }
  /** The leader or the standby is killed after some more writes; another one follows. */
  | { do: 'kill'; who: Who; afterWrites: number }
  /** The leader or the standby is suspended, possibly for longer than the lease lasts. */
  | { do: 'stop'; who: Who; forMs: number };

/** One of two operators. */
export type Who = 'leader' | 'standby';

/** Something that happens at some time of a round. */
export type Entry = { atMs: number } & (Deed | Mishap);

/** Plan of a round and its expected end. */
export interface RoundPlan {
  tenants: string[];
  entries: Entry[];
  /** Expected apps at the end, by `tenant/app`. */
  wanted: Record<string, { commit: string; replicas: number }>;
}

/** Size of a round. */
export interface RoundSize {
  tenants: number;
  appsPerTenant: number;
  /** Deeds after all apps were created. */
  edits: number;
  mishaps: number;
  /** Milliseconds within which all of it happens. */
  lengthMs: number;
}

/** A round of a campaign: 50 apps in 5 tenants. */
export const usualSize: RoundSize = {
  tenants: 5,
  appsPerTenant: 10,
  edits: 60,
  mishaps: 14,
  lengthMs: 60_000,
};

const everybody: Who[] = ['leader', 'leader', 'standby'];
const statuses = [429, 500, 502, 503, 504];

/** Plans a round: the same for the same seed and number. */
export function planRound(
  seed: number,
  round: number,
  size: RoundSize = usualSize,
): RoundPlan {
  const random = new SeededRandom(seed * 1000 + round);
  const tenants = Array.from(
    { length: size.tenants },
    (_, i) => `team-${round}-${i}`,
  );
  const { deeds, wanted } = planDeeds(random, tenants, size);
  const step = size.lengthMs / (deeds.length + 1);
  const timed = deeds.map((deed, i) => ({
    atMs: Math.round(i * step),
    ...deed,
  }));
  const mishaps = Array.from({ length: size.mishaps }, () => ({
    atMs: random.between(0, size.lengthMs),
    ...planMishap(random),
  }));
  const entries = [...timed, ...mishaps].sort((a, b) => a.atMs - b.atMs);
  return { tenants, entries, wanted };
}

function planDeeds(
  random: SeededRandom,
  tenants: string[],
  { appsPerTenant, edits }: RoundSize,
): { deeds: Deed[]; wanted: RoundPlan['wanted'] } {
  const commit = () => random.between(0x1000000, 0xfffffff).toString(16);
  const wanted: RoundPlan['wanted'] = {};
  const commits = new Map<string, string[]>();
  const deeds: Deed[] = tenants.flatMap(tenant =>
    Array.from({ length: appsPerTenant }, (_, i): Deed => {
      const app = `app-${i}`;
      const first = commit();
      wanted[`${tenant}/${app}`] = { commit: first, replicas: 1 };
      commits.set(`${tenant}/${app}`, [first]);
      return { do: 'create', tenant, app, commit: first };
    }),
  );
  for (let i = 0; i < edits; i += 1) {
    const key = random.pick(Object.keys(wanted));
    const [tenant, app] = key.split('/');
    const known = commits.get(key) ?? [];
    const choice = random.pick(['scale', 'update', 'rollBack', 'remove']);
    if (choice === 'scale') {
      const replicas = random.between(1, 5);
      wanted[key].replicas = replicas;
      deeds.push({ do: 'scale', tenant, app, replicas });
    } else if (choice === 'remove') {
      delete wanted[key];
      deeds.push({ do: 'remove', tenant, app });
    } else {
      const next = choice === 'update' ? commit() : random.pick(known);
      known.push(next);
      wanted[key].commit = next;
      deeds.push({ do: 'run', tenant, app, commit: next });
    }
  }
  return { deeds, wanted };
}

function planMishap(random: SeededRandom): Mishap {
  const forMs = random.between(1000, 4000);
  switch (random.between(1, 9)) {
    case 1:
    case 2:
      return {
        do: 'errors',
        status: random.pick(statuses),
        probability: random.pick([0.01, 0.1, 0.5]),
        forMs,
      };
    case 3:
      return { do: 'lose', probability: random.pick([0.1, 0.5]), forMs };
    case 4:
      return { do: 'hold', forMs };
    case 5:
      return { do: 'cut' };
    case 6:
      return { do: 'away', forMs };
    case 7:
      return { do: 'silence' };
    case 8:
      return {
        do: 'kill',
        who: random.pick(everybody),
        afterWrites: random.between(1, 20),
      };
    default:
      return {
        do: 'stop',
        who: random.pick(everybody),
        // Of three that sleep one wakes when another one leads.
        forMs: random.pick([forMs, forMs, 20_000]),
      };
  }
}
