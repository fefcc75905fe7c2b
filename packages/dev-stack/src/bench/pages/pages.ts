import { CommandError } from '@bailiwick/backstage-cli';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { runningStack, withPortal } from '../withPortal';
import { pageList, type MeasuredPage } from './pageList';
import { PageVisitor, type Visit } from './PageVisitor';

const portBase = 17_307;
const isSmokeTest = process.env.BAILIWICK_BENCH_SMOKE === '1';

/** The figures of one page; times are medians, the others the worst of all visits. */
interface PageFigures {
  requests: number;
  kilobytes: number;
  usableMs: { cold: number; warm: number };
  layoutShift: number;
  /** Broken rules in the light theme plus those in the dark one. */
  axeViolations: number;
  /** Different messages. */
  consoleErrors: number;
}

/** The most that a page may have of each figure. */
const targets: {
  name: string;
  limit: number;
  of(page: PageFigures): number;
}[] = [
  { name: 'warm', limit: 1000, of: page => page.usableMs.warm },
  { name: 'cold', limit: 2000, of: page => page.usableMs.cold },
  { name: 'requests', limit: 40, of: page => page.requests },
  { name: 'layoutShift', limit: 0.05, of: page => page.layoutShift },
  { name: 'axeViolations', limit: 0, of: page => page.axeViolations },
  { name: 'consoleErrors', limit: 0, of: page => page.consoleErrors },
];

/**
 * `pages`: measures the cost of the portal's pages in a browser, after the demo. Starts its own stack, or uses the
 * running one of `--data-dir`.
 */
export async function pages(args: string[]): Promise<number> {
  const { values } = readOptions(args);
  const rounds = isSmokeTest ? 1 : Number(values.rounds);
  const chosen = pageList.filter(
    ({ inSmokeTest, name }) =>
      (!isSmokeTest || inSmokeTest) && (!values.page || name === values.page),
  );
  if (chosen.length === 0 || !(rounds >= 1))
    throw new CommandError(
      'There is nothing to measure.',
      `--rounds is at least 1, and --page one of ${pageList
        .map(({ name }) => name)
        .join(', ')}.`,
    );
  const measure = async (portal: string) => {
    const visitor = await PageVisitor.launch(portal);
    try {
      const figures: Record<string, PageFigures> = {};
      for (const page of chosen)
        figures[page.name] = await measurePage(visitor, page, rounds);
      return figures;
    } finally {
      await visitor.close();
    }
  };
  const figures = values['data-dir']
    ? await measure(runningStack(values['data-dir']).addresses.portal)
    : await withPortal({ portBase, withDemo: !isSmokeTest }, ({ addresses }) =>
        measure(addresses.portal),
      );
  const result = {
    rounds,
    load: loadavg()[0],
    missed: missedTargets(figures),
    pages: figures,
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
  return 0;
}

function readOptions(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        'data-dir': { type: 'string' },
        page: { type: 'string' },
        rounds: { type: 'string', default: '5' },
      },
    });
  } catch (error) {
    throw new CommandError(
      (error as Error).message,
      'Known options: --data-dir, --page, --rounds.',
    );
  }
}

async function measurePage(
  visitor: PageVisitor,
  page: MeasuredPage,
  rounds: number,
): Promise<PageFigures> {
  const cold: Visit[] = [];
  const warm: Visit[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const visits = await visitor.visit(page, 1);
    cold.push(visits.cold);
    warm.push(...visits.warm);
  }
  const violations = [
    ...(await visitor.findViolations(page, 'light')),
    ...(await visitor.findViolations(page, 'dark')),
  ];
  const errors = new Set(
    [...cold, ...warm].flatMap(({ consoleErrors }) => consoleErrors),
  );
  const worst = (of: (visit: Visit) => number) =>
    Math.max(...[...cold, ...warm].map(of));
  const figures: PageFigures = {
    requests: worst(({ requests }) => requests),
    kilobytes: Math.round(worst(({ kilobytes }) => kilobytes)),
    usableMs: { cold: medianTime(cold), warm: medianTime(warm) },
    layoutShift: Number(worst(({ layoutShift }) => layoutShift).toFixed(3)),
    axeViolations: violations.length,
    consoleErrors: errors.size,
  };
  say(`${page.name}: ${JSON.stringify(figures)}`);
  for (const line of [...violations, ...errors]) say(`  ${line}`);
  return figures;
}

function medianTime(visits: Visit[]): number {
  const times = visits
    .map(({ usableMs }) => usableMs)
    .sort((one, other) => one - other);
  return Math.round(times[Math.floor(times.length / 2)]);
}

/** Lines such as "api: requests 86 > 40". */
function missedTargets(figures: Record<string, PageFigures>): string[] {
  return Object.entries(figures).flatMap(([page, figure]) =>
    targets
      .filter(({ limit, of }) => of(figure) > limit)
      .map(
        ({ limit, name, of }) => `${page}: ${name} ${of(figure)} > ${limit}`,
      ),
  );
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
