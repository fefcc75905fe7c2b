import { Tooltip } from '@material-ui/core';
import { useEffect, useState } from 'react';
import { formatTime } from '../format/formatDate';
import { withUnit } from '../format/withUnit';

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

const ageUnits: [string, number][] = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
];

/** Returns a relative time such as `3 minutes ago` or `in 2 days`; seconds are not counted, the rest is rounded. */
export function relativeTime(at: string, now: number): string {
  const seconds = (new Date(at).getTime() - now) / 1_000;
  const [unit, size] =
    units.find(([, length]) => Math.abs(seconds) >= length) ?? [];
  if (!unit || !size) return 'just now';
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(
    Math.round(seconds / size),
    unit,
  );
}

/** Returns the age of a time in its largest whole unit: `now`, `5 min`, `2 h`, `3 d`. */
export function shortAge(at: string, now: number): string {
  const seconds = (now - Date.parse(at)) / 1_000;
  const [unit, size] = ageUnits.find(([, length]) => seconds >= length) ?? [];
  return unit && size ? withUnit(Math.floor(seconds / size), unit) : 'now';
}

/** A relative time, with the exact time and its offset on hover. @public */
export function RelativeTime({ at }: { at?: string }) {
  return <TimeInWords at={at} words={relativeTime} />;
}

/** The age of a time for tables, with the exact time and its offset on hover. @public */
export function Age({ at }: { at?: string }) {
  return <TimeInWords at={at} words={shortAge} />;
}

function TimeInWords({
  at,
  words,
}: {
  at?: string;
  words: (at: string, now: number) => string;
}) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  if (!at) return <>–</>;
  return (
    <Tooltip title={formatTime(at)}>
      <time dateTime={at} style={{ whiteSpace: 'nowrap' }}>
        {words(at, now)}
      </time>
    </Tooltip>
  );
}
