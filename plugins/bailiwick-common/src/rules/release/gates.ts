import { packOf, type PackLookUp } from '../pack/packOf';
import { compareContracts } from '../contract/compareContracts';
import { isSameCommit } from './differences';
import type {
  App,
  AppEnvironmentStatus,
  OverridableCheck,
  Release,
  Run,
} from '../../kinds';

/** What a release is asked before it runs in an environment, and how that is judged. */
const judges = {
  code: codeGate,
  contract: contractGate,
  health: healthGate,
  soak: soakGate,
  runs: runsGate,
  tests: facts =>
    recorded(facts, 'tests', 'Nobody recorded that its tests ran.'),
  data: dataGate,
} satisfies Record<'code' | OverridableCheck, (facts: GateFacts) => Verdict>;

/** Name of a check of a release. */
export type GateCheck = keyof typeof judges;

/** How a check of a release ended; what nobody found out is missing and never passed. */
export interface Gate {
  check: GateCheck;
  verdict: 'Passed' | 'Failed' | 'Missing';
  /** One sentence. */
  detail: string;
}

/** What the gates are judged by. */
export interface GateFacts {
  app: App;
  release: Release;
  /** Where it shall run. */
  environment: string;
  /** Digest of the code that is kept for the commit of the release; absent when none is. */
  keptDigest?: string;
  /** Minutes for which the pack wants a release to be healthy elsewhere. */
  soakMinutes?: number;
  /** Whether the environment is protected. */
  isProtected: boolean;
  /** Releases of the app. */
  releases: readonly Release[];
  /** Runs of the app, in all environments. */
  runs: readonly Run[];
  now: Date;
}

/**
 * Returns the minutes for which a pack wants a release to be healthy elsewhere: the pack version that the release runs on,
 * whatever the app names by now.
 */
export function soakMinutesOf(
  packs: PackLookUp,
  { spec }: Release,
): number | undefined {
  return packOf(packs, spec.archetype)?.spec.delivery?.soakMinutes;
}

/** Judges a release by what is known of it now. */
export function gatesOf(facts: GateFacts): Gate[] {
  return Object.entries(judges).map(([check, judge]) => ({
    check: check as GateCheck,
    ...judge(facts),
  }));
}

/**
 * The failed gates that block a promotion.
 *
 * @param overriddenChecks - checks to ignore; `code` cannot be overridden, because nothing can run without it
 */
export function closedGates(
  gates: readonly Gate[],
  overriddenChecks: readonly string[],
): Gate[] {
  return gates.filter(
    ({ check, verdict }) =>
      verdict === 'Failed' &&
      (check === 'code' || !overriddenChecks.includes(check)),
  );
}

/** Says which checks hold a promotion back, and how they are overridden. */
export function failedChecksMessage(gates: readonly Gate[]): string {
  const words = gates.map(({ check, detail }) => `${check}: ${detail}`);
  const names = gates.map(({ check }) => check);
  const next = names.includes('code')
    ? ''
    : ` To promote anyway, name the checks to override: overriddenChecks: [${names.join(
        ', ',
      )}]`;
  return `Checks failed. ${words.join(' ')}${next}`;
}

type Verdict = Omit<Gate, 'check'>;

const passed = (detail: string): Verdict => ({ verdict: 'Passed', detail });
const failed = (detail: string): Verdict => ({ verdict: 'Failed', detail });
const missing = (detail: string): Verdict => ({ verdict: 'Missing', detail });

function codeGate({ keptDigest, release: { spec } }: GateFacts): Verdict {
  const commit = spec.commit.slice(0, 8);
  if (!spec.bundle) return missing('Its image was not looked for.');
  if (!keptDigest)
    return failed(
      `The code of commit ${commit} is gone from the cluster; publish that commit anew.`,
    );
  return keptDigest === spec.bundle.digest
    ? passed(`The code of commit ${commit} is there, unchanged.`)
    : failed(
        `The code that is kept for commit ${commit} is not what was released; publish it anew.`,
      );
}

function contractGate(facts: GateFacts): Verdict {
  const { app, environment, release } = facts;
  const contract = presentContract(facts);
  if (!contract)
    return passed(
      `Nothing answered in ${environment} yet, so no reader relies on it.`,
    );
  const answered = answeredContract(app, release);
  const breaks = compareContracts(contract, answered ?? release.spec.contract)
    .filter(({ level }) => level === 'breaking')
    .map(({ what }) => what);
  if (breaks.length === 0)
    return answered
      ? passed(`Readers in ${environment} have to change nothing.`)
      : missing(
          `The release says that readers in ${environment} have to change nothing, but its code answers nowhere now to confirm it.`,
        );
  const more = breaks.length > 3 ? `; and ${breaks.length - 3} more` : '';
  return failed(
    `Readers in ${environment} have to change something: ${breaks
      .slice(0, 3)
      .join('; ')}${more}.`,
  );
}

/**
 * What the code of a release answers where it runs. People write the contract of a release, the operator what code answers.
 */
function answeredContract({ status }: App, { spec }: Release) {
  return status?.environments?.find(
    ({ contract, digest }) =>
      contract !== undefined && digest === spec.bundle?.digest,
  )?.contract;
}

/** What readers rely on: the release that was chosen, although its pods may not answer yet; else what answers. */
function presentContract({ app, environment, releases }: GateFacts) {
  const place = app.spec.environments.find(({ name }) => name === environment);
  const chosen = releases.find(
    ({ metadata }) => metadata.name === place?.release,
  );
  if (!chosen) return stateIn(app, environment)?.contract;
  return answeredContract(app, chosen) ?? chosen.spec.contract;
}

/** Where else the code of the release runs, the healthiest and longest first. */
function elsewhere({ app, environment, release }: GateFacts) {
  const rank = ({ health }: AppEnvironmentStatus) =>
    health === 'Healthy' ? 0 : 1;
  const [best] = (app.status?.environments ?? [])
    .filter(
      one =>
        one.name !== environment &&
        one.digest !== undefined &&
        one.digest === release.spec.bundle?.digest,
    )
    .sort((a, b) => rank(a) - rank(b) || a.since.localeCompare(b.since));
  return best;
}

function healthGate(facts: GateFacts): Verdict {
  const place = elsewhere(facts);
  if (!place) return missing('Its code runs in no other environment now.');
  const { health, name, why } = place;
  if (health === 'Healthy') return passed(`Its code is healthy in ${name}.`);
  const words = `Its code is ${health.toLowerCase()} in ${name}: ${why}`;
  // What has just begun, or is paused, says nothing against it.
  return health === 'Degraded' || health === 'Failed'
    ? failed(words)
    : missing(words);
}

function soakGate(facts: GateFacts): Verdict {
  const { app, isProtected, now, release, soakMinutes = 0 } = facts;
  const place = elsewhere(facts);
  const wanted = isProtected ? soakMinutes : 0;
  if (place?.health !== 'Healthy')
    return wanted > 0
      ? failed(
          `It has to be healthy for ${wanted} minutes in another environment first.`,
        )
      : missing('It is healthy in no other environment now.');
  const began = (app.status?.history ?? []).find(
    one =>
      one.environment === place.name &&
      (one.release === release.metadata.name ||
        isSameCommit(one.commit, release.spec.commit)),
  );
  const since = [place.since, began?.at ?? ''].sort().pop() as string;
  const minutes = Math.floor((now.getTime() - Date.parse(since)) / 60_000);
  const words = `healthy in ${place.name} for ${minutesWords(minutes)}`;
  return minutes < wanted
    ? failed(`It is ${words}; the pack asks for ${minutesWords(wanted)}.`)
    : passed(
        wanted > 0
          ? `It is ${words}.`
          : `It is ${words}; no time is asked for here.`,
      );
}

function runsGate({ environment, release, runs }: GateFacts): Verdict {
  const [last] = runs
    .filter(
      ({ spec, status }) =>
        spec.environment !== environment &&
        status?.digest !== undefined &&
        status.digest === release.spec.bundle?.digest &&
        (status.phase === 'Succeeded' || status.phase === 'Failed'),
    )
    .sort((a, b) => endOf(b).localeCompare(endOf(a)));
  if (!last) return missing('No run of its code is known.');
  const { name } = last.metadata;
  const where = last.spec.environment;
  return last.status?.phase === 'Succeeded'
    ? passed(`The run ${name} in ${where} ended well.`)
    : failed(`The run ${name} in ${where} failed: ${last.status?.why ?? ''}`);
}

/** What the app itself says of its data, where its code runs. */
function dataGate(facts: GateFacts): Verdict {
  const place = elsewhere(facts);
  const checks = place?.checks ?? [];
  const wrong = checks.find(({ state }) => state === 'Failed');
  if (place && wrong)
    return failed(`In ${place.name} it says of itself: ${wrong.message}`);
  const unknown = checks.find(({ state }) => state === 'Unknown');
  if (place && unknown)
    return missing(`In ${place.name} its check ${unknown.name} tells nothing.`);
  return place && checks.length > 0
    ? passed(
        checks.length === 1
          ? `Its own check holds in ${place.name}.`
          : `Its own ${checks.length} checks hold in ${place.name}.`,
      )
    : recorded(
        facts,
        'data',
        place?.health === 'Healthy' || place?.health === 'Degraded'
          ? 'Its code checks nothing of its own data.'
          : 'Its code runs in no other environment now, so what it checks of itself is not known.',
      );
}

function recorded(
  { release: { status } }: GateFacts,
  check: string,
  otherwise: string,
): Verdict {
  const found = status?.evidence?.find(one => one.check === check);
  return found
    ? { verdict: found.verdict, detail: found.detail }
    : missing(otherwise);
}

function stateIn({ status }: App, environment: string) {
  return status?.environments?.find(({ name }) => name === environment);
}

function endOf({ status }: Run): string {
  return status?.finishedAt ?? '';
}

function minutesWords(minutes: number): string {
  const [hours, days] = [Math.floor(minutes / 60), Math.floor(minutes / 1440)];
  if (days >= 2) return `${days} days`;
  if (hours >= 2) return `${hours} hours`;
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}
