import {
  create,
  Editor,
  quiet,
  restart,
  withSubject,
  type Creation,
  type Ground,
  type Latency,
  type Restart,
} from '../measure';
import { length } from '../durations';
import { ours, twin, type Program } from '../operators';
import { removeApps } from '../scenario';
import { rounded } from '../statistics';
import { alone } from './alone';
import { benchOptions } from './benchOptions';
import { inTurns } from './inTurns';
import { withPopulation } from './prepare';
import { summarize } from './summarize';

/** Figures of one program in one round. */
export interface Round {
  creation: Creation;
  idle: Latency;
  busy: Latency;
  start: Restart;
}

/** `operator`: the operator and its twin in turns, on the same control plane. */
export async function operator(args: string[]): Promise<object> {
  const options = benchOptions(args, { apps: 1000, tenants: 100, rounds: 3 });
  return withPopulation(options, async ground => {
    // Both run apps only, so that both have the same to do.
    const programs = [await ours('app'), await twin()];
    const rounds = await inTurns(programs, options.rounds, (program, round) => {
      ground.say(`Round ${round}: ${program.name}`);
      return play(ground, program);
    });
    const own = await alone(ground);
    return { ...summarize(ground.population, rounds), ...own };
  });
}

async function play(ground: Ground, program: Program): Promise<Round> {
  const { cluster, population, say } = ground;
  const { editable } = population;
  const made = await withSubject(ground, program, async subject => {
    const creation = await create(subject);
    const { throughput, callsPerApp, residentBytes } = creation;
    say(
      `  ${rounded(throughput)} apps/s (made in ${rounded(
        creation.loadSeconds,
      )} s), ${rounded(callsPerApp)} calls per app, ${Math.round(
        residentBytes / 1e6,
      )} MB, ${creation.cpuSeconds} s of CPU`,
    );
    const editor = new Editor(subject);
    const idle = await editor.oneByOne(editable, length(200, 4));
    const busy = await editor.atRate(editable, {
      perSecond: length(20, 2),
      seconds: length(15, 1),
    });
    say(
      `  edits: idle p50 ${rounded(idle.p50)} p99 ${rounded(
        idle.p99,
      )} ms, at 20/s p50 ${rounded(busy.p50)} p99 ${rounded(busy.p99)} ms`,
    );
    await quiet(cluster);
    return { creation, idle, busy };
  });
  const start = await restart(ground, program);
  say(
    `  start with all in place: ${rounded(start.coldStartSeconds)} s, ${
      start.resyncWrites
    } writes, ${start.resyncReads} reads`,
  );
  await removeApps(cluster.admin, population);
  return { ...made, start };
}
