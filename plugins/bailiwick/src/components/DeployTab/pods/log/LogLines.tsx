import type { LogLine } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { makeStyles, useTheme, type Theme } from '@material-ui/core';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { shortName, splitAt, formatClock } from './logLine';

const lineHeight = 20;
const shownLines = 22;
/** Number of lines drawn above and below the visible ones. */
const margin = 20;

const useStyles = makeStyles(theme => ({
  box: {
    height: lineHeight * shownLines,
    overflow: 'auto',
    border: `1px solid ${theme.palette.divider}`,
    backgroundColor: theme.palette.background.default,
    color: theme.palette.text.primary,
    fontFamily: 'monospace',
    fontSize: 13,
    lineHeight: `${lineHeight}px`,
  },
  all: { position: 'relative', minWidth: '100%', width: 'max-content' },
  line: {
    height: lineHeight,
    paddingLeft: theme.spacing(1),
    paddingRight: theme.spacing(1),
    borderLeft: '4px solid transparent',
    whiteSpace: 'pre',
  },
  found: { outline: `1px solid ${theme.palette.text.primary}` },
  aside: { color: theme.palette.text.secondary, marginRight: theme.spacing(1) },
}));

/** A line and the words in which it shows. */
export interface ShownLine extends LogLine {
  words: string;
}

/** A line that a person went to, counted with the dropped ones, so that it stays the same line. */
export interface Hit {
  line: number;
}

/**
 * Lines of a log, of which only the visible ones are drawn. Follows the end if it is visible; otherwise keeps its
 * position, even if older lines are dropped.
 */
export function LogLines({
  dropped,
  hasPods,
  hasTimes,
  hit,
  label,
  lines,
  searched,
}: {
  /** Lines that were before the first one. */
  dropped: number;
  /** Whether each line shows its pod. */
  hasPods: boolean;
  hasTimes: boolean;
  /** Hit to scroll to; each new one once. */
  hit?: Hit;
  label: string;
  lines: ShownLine[];
  /** Text to mark. */
  searched: string;
}) {
  const classes = useStyles();
  const theme = useTheme();
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const before = useRef(dropped);
  const [top, setTop] = useState(0);
  const count = lines.length;

  useLayoutEffect(() => {
    const gone = Math.max(0, dropped - before.current);
    before.current = dropped;
    if (!box.current) return;
    box.current.scrollTop = isAtEnd.current
      ? count * lineHeight
      : box.current.scrollTop - gone * lineHeight;
    setTop(box.current.scrollTop);
  }, [count, dropped]);

  useEffect(() => {
    if (!hit || !box.current) return;
    isAtEnd.current = false;
    box.current.scrollTop =
      (hit.line - before.current - shownLines / 2) * lineHeight;
    setTop(box.current.scrollTop);
  }, [hit]);

  const last = Math.max(0, count - shownLines);
  const first = Math.min(Math.floor(top / lineHeight), last);
  const from = Math.max(0, first - margin);
  const drawn = lines.slice(from, first + shownLines + margin);
  const pods = [...new Set(lines.map(({ pod }) => pod))];
  return (
    <div
      ref={box}
      role="log"
      aria-live="off"
      aria-label={label}
      // The keyboard scrolls it.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className={classes.box}
      onScroll={({
        currentTarget: { clientHeight, scrollHeight, scrollTop },
      }) => {
        isAtEnd.current =
          scrollHeight - scrollTop - clientHeight < 2 * lineHeight;
        setTop(scrollTop);
      }}
    >
      <div
        className={classes.all}
        style={{
          paddingTop: from * lineHeight,
          paddingBottom: (count - from - drawn.length) * lineHeight,
        }}
      >
        {drawn.map((line, offset) => (
          <div
            key={dropped + from + offset}
            className={`${classes.line} ${
              hit?.line === dropped + from + offset ? classes.found : ''
            }`}
            style={
              hasPods
                ? { borderLeftColor: stripe(theme, pods.indexOf(line.pod)) }
                : undefined
            }
          >
            {hasTimes && (
              <span className={classes.aside} title={line.at}>
                {formatClock(line.at)}
              </span>
            )}
            {hasPods && (
              <span className={classes.aside} title={line.pod}>
                {shortName(line.pod)}
              </span>
            )}
            {splitAt(line.words, searched).map((part, index) =>
              // eslint-disable-next-line react/no-array-index-key
              index % 2 === 1 ? <mark key={index}>{part}</mark> : part,
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

/** Colors of the theme; the name beside has the same information. */
function stripe({ palette }: Theme, index: number): string {
  const { error, info, primary, success, warning } = palette;
  const all = [info, warning, success, error, primary];
  return all[index % all.length].main;
}
