import type {
  AppCallTotals,
  CallHistoryView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  historyResolutions,
  latencyBounds,
  slotAt,
  slotFigures,
  type CallHistory,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { quantile } from '../metrics/readCounters';

const [minutes, quarters] = historyResolutions;

/** The spans that are shown, with the length and number of their slots. */
export const spans = {
  hours: minutes,
  // The gateway keeps an hour more than a day.
  day: { ...quarters, slots: 96 },
} as const;

/** Selects calls. */
export interface HistoryChoice {
  span: keyof typeof spans;
  /** One environment, or all. */
  environment?: string;
  /** When the app was created; earlier calls belong to another app of this name. RFC 3339. */
  createdAt?: string;
}

const epoch = new Date(0).toISOString();

type Slot =
  CallHistory['resolutions'][number]['series'][number]['slots'][number];

/**
 * Selects the counts of all gateways for a span. A slot is known if at least one gateway was counting.
 *
 * @param now - milliseconds since 1970
 */
function select(
  histories: CallHistory[],
  { createdAt, environment, span }: HistoryChoice,
  now: number,
) {
  const { seconds, slots: length } = spans[span];
  const last = slotAt(now, seconds);
  const from = last - length + 1;
  const first = Math.max(from, slotAt(Date.parse(createdAt ?? epoch), seconds));
  const counted = histories.flatMap(({ resolutions }) =>
    resolutions.filter(one => one.seconds === seconds),
  );
  return {
    from,
    last,
    length,
    seconds,
    series: counted
      .flatMap(one => one.series)
      .filter(one => !environment || one.environment === environment)
      .map(one => ({
        ...one,
        slots: one.slots.filter(([slot]) => slot >= first && slot <= last),
      })),
    /** The known slots from the first to the last, as ranges. */
    known: counted
      .flatMap(one => one.known)
      .map(([begin, end]) => [Math.max(begin, first), Math.min(end, last)])
      .filter(([begin, end]) => begin <= end),
    timeOf: (slot: number) => new Date(slot * seconds * 1_000).toISOString(),
  };
}

function totalOf({ known, series, timeOf }: ReturnType<typeof select>) {
  return {
    ...countsOf(series.flatMap(({ slots }) => slots)),
    since:
      known.length > 0
        ? timeOf(Math.min(...known.map(([begin]) => begin)))
        : undefined,
  };
}

/**
 * Adds the histories of all gateways.
 *
 * @param now - milliseconds since 1970
 */
export function viewHistory(
  histories: CallHistory[],
  choice: HistoryChoice,
  now: number,
): Omit<CallHistoryView, 'markers' | 'notes'> {
  const selected = select(histories, choice, now);
  const { from, known, last, length, seconds, series, timeOf } = selected;
  const bySlot = groupBy(
    series.flatMap(one => one.slots),
    ([slot]) => slot,
  );
  const isKnown = (slot: number) =>
    known.some(([begin, end]) => begin <= slot && slot <= end);
  const points = Array.from({ length }, (_, position) => {
    const slot = from + position;
    return {
      at: timeOf(slot),
      ...(isKnown(slot) && pointOf(bySlot.get(slot) ?? [])),
    };
  });
  const functions = [
    ...groupBy(series, one => `${one.environment}/${one.fn}`).values(),
  ]
    .map(group => ({
      environment: group[0].environment,
      fn: group[0].fn,
      ...countsOf(group.flatMap(({ slots }) => slots)),
    }))
    .filter(({ calls }) => calls > 0)
    .sort((one, other) => other.calls - one.calls);
  return {
    seconds,
    from: timeOf(from),
    to: timeOf(last + 1),
    total: totalOf(selected),
    points,
    functions,
  };
}

/** Returns the calls of the last 24 hours of each app. */
export function viewTotals(
  histories: CallHistory[],
  apps: { tenant: string; app: string; createdAt?: string }[],
  now: number,
): AppCallTotals[] {
  const keyOf = (one: { tenant: string; app: string }) =>
    `${one.tenant}/${one.app}`;
  const byApp = histories.map(({ resolutions }) =>
    resolutions.map(one => ({
      ...one,
      series: groupBy(one.series, keyOf),
    })),
  );
  return apps.map(({ app, createdAt, tenant }) => {
    const own = byApp.map(resolutions => ({
      resolutions: resolutions.map(one => ({
        ...one,
        series: one.series.get(`${tenant}/${app}`) ?? [],
      })),
    }));
    const selected = select(own, { createdAt, span: 'day' }, now);
    return { tenant, app, ...totalOf(selected) };
  });
}

function groupBy<K, T>(all: T[], keyOf: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
}

/** Adds up a figure of slots, which begin with their number. */
function sum(slots: Slot[], figure: number): number {
  return slots.reduce((all, slot) => all + (slot[1 + figure] ?? 0), 0);
}

function countsOf(slots: Slot[]): { calls: number; errors: number } {
  return {
    calls: sum(slots, slotFigures.calls),
    errors: sum(slots, slotFigures.errors),
  };
}

function pointOf(slots: Slot[]): Omit<CallHistoryView['points'][number], 'at'> {
  const counts = { ...countsOf(slots), rows: sum(slots, slotFigures.rows) };
  const timed = sum(slots, slotFigures.timed);
  if (timed === 0) return counts;
  let below = 0;
  const buckets = new Map(
    latencyBounds.map((bound, position) => {
      below += sum(slots, slotFigures.buckets + position);
      return [bound, below];
    }),
  );
  return {
    ...counts,
    mean: sum(slots, slotFigures.seconds) / timed,
    p95: quantile({ buckets, ended: timed }, 0.95),
  };
}
