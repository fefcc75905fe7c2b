import { setTimeout as pause } from 'node:timers/promises';
import { since, workOf } from '../cluster';
import { length } from '../durations';
import { inParallel } from '../inParallel';
import { quiet, type Subject } from './Subject';

/** Milliseconds after which the memory of a settled operator is read. */
const restMs = length(5000, 100);

/** Result of creating all apps. */
export interface Creation {
  /** From the first App to the last child, seconds. */
  seconds: number;
  /** Apps a second in that time. */
  throughput: number;
  /** Requests for each app, without watches and leases. */
  callsPerApp: number;
  writesPerApp: number;
  /** Resident memory when all had settled, bytes. */
  residentBytes: number;
  /** CPU seconds of the operator. */
  cpuSeconds: number;
  /** Seconds until all apps were created. */
  loadSeconds: number;
}

/** Creates all apps at once and waits until all their children exist. */
export async function create(subject: Subject): Promise<Creation> {
  const { cluster, people, population, process, watch } = subject;
  await process.idle(0);
  const before = await quiet(cluster);
  const cpu = process.cpuSeconds;
  const start = performance.now();
  const reached = watch.reaches(population.children);
  await inParallel(population.apps, app => people.create(app));
  const loadSeconds = (performance.now() - start) / 1000;
  await reached;
  const seconds = (performance.now() - start) / 1000;
  const calls = since(before, await quiet(cluster));
  const cpuSeconds = process.cpuSeconds - cpu;
  await pause(restMs);
  const apps = population.apps.length;
  return {
    seconds,
    loadSeconds,
    throughput: apps / seconds,
    callsPerApp: workOf(calls) / apps,
    writesPerApp: calls.writes / apps,
    residentBytes: process.residentBytes,
    cpuSeconds,
  };
}
