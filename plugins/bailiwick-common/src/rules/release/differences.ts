import {
  compareContracts,
  type Difference,
} from '../contract/compareContracts';
import { formatCommit } from '../format/formatCommit';
import { ownValue } from '../pack/ownValue';
import type { App, Contract, Release } from '../../kinds';
import { deployedRelease } from './deployedRelease';

/** Code and settings that run, or would run, in an environment. @public */
export interface Running {
  /** Name of the release; absent for a draft. */
  release?: string;
  commit?: string;
  archetype: App['spec']['archetype'];
  answers: Record<string, unknown>;
  contract?: Contract;
  /** Runtime image. */
  runtime?: string;
  settings?: Record<string, unknown>;
}

/** A difference, with its subject. @public */
export interface RunningDifference extends Difference {
  about: 'code' | 'template' | 'answers' | 'contract' | 'runtime' | 'settings';
}

/** Whether two names of a commit, of 7 to 40 digits, refer to the same commit. @public */
export function isSameCommit(
  one: string | undefined,
  other: string | undefined,
): boolean {
  if (!one || !other) return one === other;
  return one.startsWith(other) || other.startsWith(one);
}

/**
 * Returns the code and settings of an app in an environment; `undefined` if it does not run there. While a canary is
 * chosen, they are those of the deployed release.
 *
 * @public
 */
export function runningIn(
  app: Pick<App, 'spec' | 'status'>,
  name: string,
  releases: readonly Release[],
): Running | undefined {
  const { spec, status } = app;
  const environment = spec.environments.find(one => one.name === name);
  if (!environment) return undefined;
  const state = status?.environments?.find(one => one.name === name);
  const release = deployedRelease(app, name);
  const { parameters: settings } =
    (state?.canary && state.deployed) ?? environment;
  if (!release) {
    const { answers, archetype, source } = spec;
    const commit = state?.revision ?? source.revision;
    return { commit, archetype, answers, contract: state?.contract, settings };
  }
  const found = releases.find(({ metadata }) => metadata.name === release);
  return found
    ? { ...runningAs(found), settings }
    : {
        release,
        commit: state?.revision,
        archetype: spec.archetype,
        answers: spec.answers,
        contract: state?.contract,
        settings,
      };
}

/** Returns the code and settings of a release. @public */
export function runningAs({ metadata, spec }: Release): Running {
  const { answers, archetype, bundle, commit, contract } = spec;
  return {
    release: metadata.name,
    commit,
    archetype,
    answers,
    contract,
    runtime: bundle.runtime,
  };
}

/** Returns the differences of the second to the first, most important first. @public */
export function runningDifferences(
  before: Running,
  after: Running,
): RunningDifference[] {
  const contract =
    before.contract && after.contract
      ? compareContracts(before.contract, after.contract)
      : [];
  const code = isSameCommit(before.commit, after.commit)
    ? []
    : [behaviour('code', `Commit ${short(before)} → ${short(after)}`)];
  const template =
    templateOf(before) === templateOf(after)
      ? []
      : [behaviour('template', `${templateOf(before)} → ${templateOf(after)}`)];
  // A draft uses the current version of its pack.
  const runtime =
    before.runtime && after.runtime && before.runtime !== after.runtime
      ? [behaviour('runtime', `${before.runtime} → ${after.runtime}`)]
      : [];
  const ranks = { breaking: 0, behaviour: 1, cosmetic: 2 };
  return [
    ...code,
    ...contract.map(one => ({ ...one, about: 'contract' as const })),
    ...template,
    ...values('answers', before.answers, after.answers),
    ...values('settings', before.settings, after.settings),
    ...runtime,
  ].sort((one, other) => ranks[one.level] - ranks[other.level]);
}

function behaviour(
  about: RunningDifference['about'],
  what: string,
): RunningDifference {
  return { about, level: 'behaviour', what };
}

function short({ commit }: Running): string {
  return commit ? formatCommit(commit) : 'unknown';
}

function templateOf({ archetype: { name, pack, version } }: Running): string {
  return `${pack} ${version} ${name}`;
}

function values(
  about: 'answers' | 'settings',
  before: Record<string, unknown> = {},
  after: Record<string, unknown> = {},
): RunningDifference[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].sort().flatMap(name => {
    const [was, is] = [before, after].map(all => words(ownValue(all, name)));
    return was === is ? [] : [behaviour(about, `${name}: ${was} → ${is}`)];
  });
}

function words(value: unknown): string {
  if (value === undefined) return 'not given';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}
