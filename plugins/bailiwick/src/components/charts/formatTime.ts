const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/**
 * Formats a time on an axis in the reader's time zone: `14:05`, `14:05:10` on axes of a few minutes, or `Nov 20` on
 * axes longer than two days.
 *
 * @param time - milliseconds since 1970
 * @param span - length of the axis, milliseconds
 */
export function formatTime(time: number, span: number): string {
  return span > 2 * dayMs
    ? new Date(time).toLocaleDateString('en-US', {
        day: 'numeric',
        month: 'short',
      })
    : new Date(time).toLocaleTimeString('en-US', {
        hourCycle: 'h23',
        hour: '2-digit',
        minute: '2-digit',
        second: span < 5 * minuteMs ? '2-digit' : undefined,
      });
}

/** Formats a recent time in the reader's time zone: `14:05`, `yesterday 14:05`, or `Nov 19 14:05` before that. */
export function formatRecentTime(time: number, now: number): string {
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  const day = new Date(time).toDateString();
  const clock = formatTime(time, dayMs);
  if (day === new Date(now).toDateString()) return clock;
  if (day === yesterday.toDateString()) return `yesterday ${clock}`;
  return `${formatTime(time, 3 * dayMs)} ${clock}`;
}
