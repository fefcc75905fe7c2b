import { formatCommit } from '../format/formatCommit';
import { packOf, type PackLookUp } from '../pack/packOf';
import { compareContracts } from '../contract/compareContracts';
import { deployedRelease } from './deployedRelease';
import { isSameCommit } from './differences';
import type {
  App,
  AppEnvironmentStatus,
  OverridableCheck,
  Release,
  Run,
} from '../../kinds';

/** The checks of a release before it runs in an environment, in the order of display. */
const judges = {
  code: codeGate,
  contract: contractGate,
  health: healthGate,
  soak: soakGate,
  runs: runsGate,
  tests: facts =>
    recorded(
      facts,
      'tests',
      'The tests have not run yet. They run in an environment with a draft on the same runtime.',
    ),
  data: dataGate,
  advisories: facts => findRecorded(facts, 'advisories'),
} satisfies Record<
  'code' | OverridableCheck,
  (facts: GateFacts) => GateResult | undefined
>;

/** Name of a check of a release. @public */
export type GateCheck = keyof typeof judges;

/** Result of a check of a release; a check without a result is missing, never passed. @public */
export interface Gate {
  check: GateCheck;
  verdict: 'Passed' | 'Failed' | 'Missing';
  /** Message in one sentence. */
  detail: string;
}

/** Facts by which the checks are judged. @public */
export interface GateFacts {
  app: App;
  release: Release;
  /** Environment to which the release is promoted. */
  environment: string;
  /** Digest of the stored code of the release's commit; absent if none is stored. */
  keptDigest?: string;
  /** Soak time that the pack requires, in minutes. */
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
 * Returns the soak time in minutes that the pack version of a release requires, whichever version the app uses now.
 *
 * @public
 */
export function soakMinutesOf(
  packs: PackLookUp,
  { spec }: Release,
): number | undefined {
  return packOf(packs, spec.archetype)?.spec.delivery?.soakMinutes;
}

/** Runs the checks of a release; without a database of advisories, there is no such check. @public */
export function gatesOf(facts: GateFacts): Gate[] {
  return Object.entries(judges).flatMap(([check, judge]) => {
    const result: GateResult | undefined = judge(facts);
    return result ? [{ check: check as GateCheck, ...result }] : [];
  });
}

/**
 * Returns the failed checks that block a promotion.
 *
 * @param overriddenChecks - checks to ignore; `code` cannot be overridden, because nothing can run without it
 * @public
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

/** Describes the checks that block a promotion, and how to override them. @public */
export function failedChecksMessage(gates: readonly Gate[]): string {
  const words = gates.map(({ check, detail }) => `${check}: ${detail}`);
  const names = gates.map(({ check }) => check);
  const next = names.includes('code')
    ? ''
    : ` To promote anyway, override ${names.join(
        ' and ',
      )} in a new request (overriddenChecks).`;
  return `Checks failed. ${words.join(' ')}${next}`;
}

type GateResult = Omit<Gate, 'check'>;

const passed = (detail: string): GateResult => ({ verdict: 'Passed', detail });
const failed = (detail: string): GateResult => ({ verdict: 'Failed', detail });
const missing = (detail: string): GateResult => ({
  verdict: 'Missing',
  detail,
});

function codeGate({
  keptDigest,
  release: { spec, status },
}: GateFacts): GateResult {
  const commit = formatCommit(spec.commit);
  if (!keptDigest)
    return failed(
      `The code of commit ${commit} is no longer stored in the cluster. Push a new commit, publish a release of it, and promote that release.`,
    );
  if (keptDigest !== spec.bundle.digest)
    return failed(
      `The stored code of commit ${commit} differs from the released code. Push a new commit, publish a release of it, and promote that release.`,
    );
  return spec.format === 'image' && !status?.image
    ? failed(
        'The image of the release is not built yet. The Builds tab of the app shows the progress. If the build failed or was cancelled, choose Build again there.',
      )
    : passed(`The code of commit ${commit} is stored and unchanged.`);
}

function contractGate(facts: GateFacts): GateResult {
  const { app, environment, release } = facts;
  const contract = presentContract(facts);
  if (!contract)
    return passed(
      `No code has run in ${environment} yet, so no reader depends on a contract there.`,
    );
  const answered = answeredContract(app, release);
  const breaks = compareContracts(contract, answered ?? release.spec.contract)
    .filter(({ level }) => level === 'breaking')
    .map(({ what }) => what);
  if (breaks.length === 0)
    return answered
      ? passed(`No breaking changes for readers in ${environment}.`)
      : missing(
          `The release declares no breaking changes for readers in ${environment}, but no environment runs its code to confirm this. Deploy it to another environment first.`,
        );
  const more = breaks.length > 3 ? `; and ${breaks.length - 3} more` : '';
  return failed(
    `Breaking changes for readers in ${environment}: ${breaks
      .slice(0, 3)
      .join('; ')}${more}.`,
  );
}

/**
 * Returns the contract that the running code of a release reported to the operator; people write the contract of the release itself.
 */
function answeredContract({ status }: App, { spec }: Release) {
  return status?.environments?.find(
    ({ contract, digest }) =>
      contract !== undefined && digest === spec.bundle.digest,
  )?.contract;
}

/**
 * Returns the contract readers depend on: that of the chosen release, even before its pods are ready, or of the draft that
 * runs. A canary is chosen, and readers depend on the deployed release.
 */
function presentContract({ app, environment, releases }: GateFacts) {
  const name = deployedRelease(app, environment);
  const chosen = releases.find(({ metadata }) => metadata.name === name);
  if (!chosen) return stateIn(app, environment)?.contract;
  return answeredContract(app, chosen) ?? chosen.spec.contract;
}

/**
 * Returns the state of the other environment in which the code of the release is healthy for longest: that of an image
 * in this image, and without those that are scaled to zero.
 */
function elsewhere({ app, environment, release }: GateFacts) {
  const rank = ({ health }: AppEnvironmentStatus) =>
    health === 'Healthy' ? 0 : 1;
  const [best] = (app.status?.environments ?? [])
    .filter(
      one =>
        one.name !== environment &&
        !(one.health === 'Healthy' && one.pods.desired === 0) &&
        (release.spec.format !== 'image' ||
          one.release === release.metadata.name) &&
        one.digest !== undefined &&
        one.digest === release.spec.bundle.digest,
    )
    .sort((a, b) => rank(a) - rank(b) || a.since.localeCompare(b.since));
  return best;
}

/** Returns what has to run elsewhere: an image differs from its code on another runtime. */
function subjectOf({ release }: GateFacts): string {
  return release.spec.format === 'image' ? 'This image' : 'The code';
}

function healthGate(facts: GateFacts): GateResult {
  const place = elsewhere(facts);
  const subject = subjectOf(facts);
  if (!place) {
    const before = minutesBefore(facts);
    return missing(
      before === undefined
        ? `${subject} is not running in any other environment. Deploy it to another environment first.`
        : `${subject} is not running in any other environment now. It ran in ${
            facts.environment
          } before, for ${minutesWords(before)}.`,
    );
  }
  const { health, name, why } = place;
  if (health === 'Healthy') return passed(`${subject} is healthy in ${name}.`);
  const words = `${subject} is ${health.toLowerCase()} in ${name}: ${why}`;
  // A rollout in progress or a paused app is no evidence against the release.
  return health === 'Degraded' || health === 'Failed'
    ? failed(words)
    : missing(words);
}

function soakGate(facts: GateFacts): GateResult {
  const wanted = facts.isProtected ? facts.soakMinutes ?? 0 : 0;
  const now = soakElsewhere(facts, wanted);
  const before = minutesBefore(facts);
  // A rollback need not wait: the release has passed this check when it was promoted.
  return before !== undefined && before >= wanted && now.verdict !== 'Passed'
    ? passed(`Ran in ${facts.environment} before, for ${minutesWords(before)}.`)
    : now;
}

/** Judges how long the code has been healthy in another environment. */
function soakElsewhere(facts: GateFacts, wanted: number): GateResult {
  const { app, now, release } = facts;
  const place = elsewhere(facts);
  if (place?.health !== 'Healthy')
    return wanted > 0
      ? failed(
          `${subjectOf(
            facts,
          )} must be healthy in another environment for ${minutesWords(
            wanted,
          )} first.`,
        )
      : missing(`${subjectOf(facts)} is not healthy in any other environment.`);
  const began = (app.status?.history ?? []).find(
    one =>
      one.environment === place.name &&
      (one.release === release.metadata.name ||
        isSameCommit(one.commit, release.spec.commit)),
  );
  const since = [place.since, began?.at ?? ''].sort().pop() as string;
  const minutes = Math.floor((now.getTime() - Date.parse(since)) / 60_000);
  const words = `Healthy in ${place.name} for ${minutesWords(minutes)}`;
  return minutes < wanted
    ? failed(`${words}; the pack requires ${minutesWords(wanted)}.`)
    : passed(wanted > 0 ? `${words}.` : `${words}; no soak time is required.`);
}

/**
 * Returns for how many minutes the release ran in the environment before another one replaced it, or runs there beside a
 * canary; `undefined` if it did not.
 */
function minutesBefore({
  app,
  environment,
  now,
  release,
}: GateFacts): number | undefined {
  const own = (app.status?.history ?? []).filter(
    one => one.environment === environment,
  );
  const first = stateIn(app, environment)?.canary ? 0 : 1;
  const position = own.findIndex(
    (one, place) => place >= first && one.release === release.metadata.name,
  );
  if (position < 0) return undefined;
  const end = position > 0 ? Date.parse(own[position - 1].at) : now.getTime();
  return Math.floor((end - Date.parse(own[position].at)) / 60_000);
}

function runsGate({ environment, release, runs }: GateFacts): GateResult {
  const [last] = runs
    .filter(
      ({ spec, status }) =>
        spec.environment !== environment &&
        status?.digest !== undefined &&
        status.digest === release.spec.bundle.digest &&
        (status.phase === 'Succeeded' || status.phase === 'Failed'),
    )
    .sort((a, b) => endOf(b).localeCompare(endOf(a)));
  if (!last) return missing('No run of this code has finished.');
  const { name } = last.metadata;
  const where = last.spec.environment;
  return last.status?.phase === 'Succeeded'
    ? passed(`Run ${name} in ${where} succeeded.`)
    : failed(`Run ${name} in ${where} failed: ${last.status?.why ?? ''}`);
}

/** Judges the app's own health checks, which cover its data. */
function dataGate(facts: GateFacts): GateResult {
  const place = elsewhere(facts);
  const checks = place?.checks ?? [];
  const wrong = checks.find(({ state }) => state === 'Failed');
  if (place && wrong)
    return failed(`A health check failed in ${place.name}: ${wrong.message}`);
  const unknown = checks.find(({ state }) => state === 'Unknown');
  if (place && unknown)
    return missing(
      `Health check ${unknown.name} has no result in ${place.name}.`,
    );
  return place && checks.length > 0
    ? passed(
        checks.length === 1
          ? `The health check passes in ${place.name}.`
          : `All ${checks.length} health checks pass in ${place.name}.`,
      )
    : recorded(
        facts,
        'data',
        place?.health === 'Healthy' || place?.health === 'Degraded'
          ? 'The code declares no health checks.'
          : `${subjectOf(
              facts,
            )} is not running in any other environment, so its health checks have no result.`,
      );
}

function recorded(
  facts: GateFacts,
  check: string,
  otherwise: string,
): GateResult {
  return findRecorded(facts, check) ?? missing(otherwise);
}

/** Returns the result of a check that the operator recorded in the release. */
function findRecorded(
  { release: { status } }: GateFacts,
  check: string,
): GateResult | undefined {
  const found = status?.evidence?.find(one => one.check === check);
  return found && { verdict: found.verdict, detail: found.detail };
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
