import {
  checkAnswer,
  readTrials,
  type Trial,
} from '@bailiwick/backstage-domain-pack/authoring';
import type { DomainPack } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { packFolders } from '../packs/packFolders';
import type { SignedIn } from '../portal/signIn';
import { basicLogin } from './calls';
import { expectEqual } from './expect';
import { fillTemplate, healthyApp } from './makeApp';
import type { Playbook } from './Playbook';

/** Apps of the demo, with their creators and environments. */
interface Tour {
  bea: SignedIn;
  /** Address of the gateway. */
  gateway: string;
  place: { tenant: string; environment: string };
  /** Template that was played already. */
  known: string;
  /** Whether to play all archetypes of all packs; otherwise the first one of each other pack. */
  all: boolean;
}

/** Number of apps created in parallel. */
const atOnce = 3;

/**
 * Creates apps from archetypes of the included packs with the defaults of their forms, reads them through the gateway,
 * compares the rows with the tests of the pack, and deletes the apps.
 */
export async function playPacks(play: Playbook, tour: Tour): Promise<void> {
  const acts = actsOf(play, tour);
  // Most of the time of an app is spent waiting for its pods.
  const lanes = Array.from({ length: atOnce }, async () => {
    // The first failure ends the generator, and with it the other lanes.
    for (const act of acts) await act();
  });
  const ends = await Promise.allSettled(lanes);
  const failed = ends.find(end => end.status === 'rejected');
  if (failed) throw failed.reason;
}

/** One step for each archetype that is played. */
function* actsOf(play: Playbook, tour: Tour): Generator<() => Promise<void>> {
  for (const folder of packFolders()) {
    const { pack, trials } = readTrials(folder);
    const { journey, title } = pack.spec;
    const nameOf = ({ archetype }: Trial) =>
      `${pack.metadata.name}-${archetype.name}`;
    const first =
      trials.find(({ archetype }) => archetype.name === journey?.firstApp) ??
      trials[0];
    const isKnown = trials.some(trial => nameOf(trial) === tour.known);
    const others = isKnown ? [] : [first];
    for (const trial of tour.all ? trials : others)
      yield () =>
        play.step(
          `Bea makes, reads and deletes: ${trial.archetype.title} (${title})`,
          () => playTrial(play, tour, nameOf(trial), { ...trial, pack }),
        );
  }
}

async function playTrial(
  play: Playbook,
  { bea, gateway, place }: Tour,
  template: string,
  { answers, archetype, pack, tests }: Trial & { pack: DomainPack },
): Promise<void> {
  const { environment, tenant } = place;
  // Repositories stay, and those of another version have other files.
  const version = pack.spec.version.replaceAll('.', '-');
  const name = `try-${archetype.name}-${version}`;
  const path = `/api/bailiwick/tenants/${tenant}/apps/${name}`;
  await fillTemplate(play, bea, template, {
    place,
    name,
    title: `Try ${archetype.title}`,
    ...answers,
  });
  try {
    await healthyApp(play, bea, { tenant, app: name });
    const { token } = await bea.client.createGrant(tenant, name, {
      client: 'api',
      environment,
      days: 1,
    });
    const address = `${gateway}/v1/${tenant}/${environment}/${name}`;
    const stored = storedFunctions(archetype);
    for (const { call, expect } of tests) {
      // What was kept of a run is read as it is, without parameters.
      const isOnlyOffline =
        stored.includes(call.function) &&
        Object.keys(call.parameters).length > 0;
      if (!isOnlyOffline)
        await play.eventually(
          `What ${call.function} gives`,
          // What is kept comes when the first run has ended, or the messages have come.
          stored.length > 0 ? 120 : 1,
          async () => {
            const answer = await read(play, address, token, call);
            expectEqual(
              checkAnswer(expect, answer),
              [],
              `What differs in ${call.function} with ${JSON.stringify(
                call.parameters,
              )}`,
            );
            return true;
          },
        );
    }
  } finally {
    await bea.client.deleteApp(tenant, name);
  }
  await play.eventually('The end of the app', 60, async () => {
    const { status } = await bea.fetch(path);
    return status === 404 || undefined;
  });
}

/** Functions whose rows are kept, by runs or from messages. */
function storedFunctions({ consume, run }: Trial['archetype']): string[] {
  const steps = run?.steps.map(step => step.function) ?? [];
  return consume ? [...steps, consume.function] : steps;
}

/** Calls a function like readers, with parameters in the address. */
async function read(
  play: Playbook,
  address: string,
  token: string,
  call: Trial['tests'][number]['call'],
): Promise<Parameters<typeof checkAnswer>[1]> {
  const query = new URLSearchParams(
    Object.entries(call.parameters).flatMap(([name, value]) =>
      [value].flat().map(one => [name, textOf(one)]),
    ),
  );
  const authorization = basicLogin('bea', token);
  // The gateway hears of a new app a moment after the portal.
  return play.eventually('The app behind the gateway', 60, async () => {
    const response = await fetch(`${address}/${call.function}?${query}`, {
      headers: { accept: 'application/json', authorization },
    });
    const isThere = ![401, 404, 502, 503].includes(response.status);
    return isThere ? response.json() : undefined;
  });
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
