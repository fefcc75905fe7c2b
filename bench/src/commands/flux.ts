import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FluxApps, installFlux, readChildren, type Children } from '../flux';
import {
  create,
  restart,
  steadyCalls,
  withSubject,
  type Creation,
  type Ground,
  type Restart,
} from '../measure';
import { flux as controller, ours, type Program } from '../operators';
import { removeApps, type BenchApp } from '../scenario';
import { rounded } from '../statistics';
import { benchOptions } from './benchOptions';
import { inTurns } from './inTurns';
import { withGround } from './prepare';
import { summarizeFlux } from './summarizeFlux';

/** What one program showed in one round. */
export interface FluxRound {
  creation: Creation;
  steadyApiCalls: number;
  start: Restart;
}

/** A program, and how apps are made for it and taken away when they are not those of people. */
interface Player extends Program {
  make?: (app: BenchApp) => Promise<void>;
  remove?: () => Promise<void>;
}

/** `flux`: the operator and Flux's kustomize-controller in turns, making the same objects. */
export async function flux(args: string[]): Promise<object> {
  const options = benchOptions(args, { apps: 1000, tenants: 100, rounds: 2 });
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    // Built first: that would disturb nothing then.
    const program = await controller(folder);
    return await withGround(options, async ground => {
      const apps = await publish(ground);
      const players: Player[] = [
        await ours('app'),
        {
          ...program,
          make: app => apps.create(app),
          remove: () => apps.remove(),
        },
      ];
      const rounds = await inTurns(players, options.rounds, (player, round) => {
        ground.say(`Round ${round}: ${player.name}`);
        return play(ground, player);
      }).finally(() => apps.stop());
      return summarizeFlux(ground.population, rounds);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lets our operator make all children once, and gives them to Flux as sources. */
async function publish(ground: Ground): Promise<FluxApps> {
  const { cluster, population, say } = ground;
  say('Taking down what our operator makes');
  const children = await withSubject<Children>(
    ground,
    await ours('app'),
    async subject => {
      await create(subject);
      return readChildren(cluster.admin);
    },
  );
  await removeApps(cluster.admin, population);
  await installFlux(cluster.admin);
  return FluxApps.publish(cluster.admin, population, children);
}

async function play(
  ground: Ground,
  { make, remove, ...program }: Player,
): Promise<FluxRound> {
  const { cluster, population, say } = ground;
  const made = await withSubject(ground, program, async subject => {
    const creation = await create(subject, make);
    say(
      `  ${rounded(creation.throughput)} apps/s, ${rounded(
        creation.callsPerApp,
      )} calls per app, ${Math.round(creation.residentBytes / 1e6)} MB, ${
        creation.cpuSeconds
      } s of CPU`,
    );
    const steadyApiCalls = await steadyCalls(subject);
    say(`  ${steadyApiCalls} calls in 30 s of rest`);
    return { creation, steadyApiCalls };
  });
  const start = await restart(ground, program);
  say(
    `  start with all in place: ${rounded(start.coldStartSeconds)} s, ${
      start.resyncWrites
    } writes, ${start.resyncReads} reads`,
  );
  await remove?.();
  await removeApps(cluster.admin, population);
  return { ...made, start };
}
