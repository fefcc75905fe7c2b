import { makeStyles, useTheme } from '@material-ui/core';
import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { useEffect, useRef, useState } from 'react';
import type { TerminalLine } from './TerminalLine';

const useStyles = makeStyles(theme => ({
  screen: {
    height: 380,
    overflow: 'hidden',
    padding: theme.spacing(1),
    border: `1px solid ${theme.palette.divider}`,
    backgroundColor: theme.palette.background.default,
  },
}));

/** Draws a terminal and accepts input; Shift and Escape move the focus out of it. */
export function TerminalScreen({
  label,
  line,
  onEnd,
  onLeave,
  onShell,
}: {
  label: string;
  line: TerminalLine;
  onEnd: (why: string) => void;
  onLeave: () => void;
  onShell: (shell: string) => void;
}) {
  const classes = useStyles();
  const { palette } = useTheme();
  const place = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<Terminal>();
  const told = useRef({ onEnd, onLeave, onShell });
  told.current = { onEnd, onLeave, onShell };
  const foreground = palette.text.primary;
  const background = palette.background.default;

  useEffect(() => {
    const terminal = new Terminal({
      cursorBlink: true,
      fontSize: 13,
      screenReaderMode: true,
      scrollback: 5_000,
    });
    const fit = new FitAddon();
    terminal.loadAddon(fit);
    terminal.open(place.current!);
    terminal.textarea?.setAttribute('aria-label', label);
    fit.fit();
    terminal.attachCustomKeyEventHandler(({ key, shiftKey, type }) => {
      const leaves = key === 'Escape' && shiftKey;
      if (leaves && type === 'keydown') told.current.onLeave();
      return !leaves;
    });
    terminal.onData(text => line.type(text));
    terminal.onResize(({ cols, rows }) => line.resize({ columns: cols, rows }));
    const watch = new ResizeObserver(() => fit.fit());
    watch.observe(place.current!);
    line
      .run(
        { columns: terminal.cols, rows: terminal.rows },
        {
          onShell: shell => told.current.onShell(shell),
          onOutput: bytes =>
            new Promise(resolve => {
              terminal.write(bytes, resolve);
            }),
        },
      )
      .then(
        why => told.current.onEnd(why),
        error => told.current.onEnd(error.message),
      );
    terminal.focus();
    setShown(terminal);
    return () => {
      watch.disconnect();
      line.close();
      terminal.dispose();
    };
  }, [label, line]);

  // Separate, so that the session continues when the theme changes.
  useEffect(() => {
    if (!shown) return;
    shown.options.theme = {
      background,
      foreground,
      cursor: foreground,
      selectionBackground: '#88888888',
    };
  }, [background, foreground, shown]);

  return <div ref={place} className={classes.screen} />;
}
