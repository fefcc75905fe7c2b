import { Dialog, useMediaQuery, useTheme } from '@material-ui/core';
import { lazy, Suspense, useEffect, useState } from 'react';

const PaletteContent = lazy(async () => ({
  default: (await import('./PaletteContent')).PaletteContent,
}));

/** Whether a key event is ⌘K or Ctrl+K; a terminal keeps Ctrl+K, which deletes to the end of the line. */
function isShortcut({
  altKey,
  ctrlKey,
  key,
  metaKey,
  shiftKey,
  target,
}: KeyboardEvent) {
  if (altKey || shiftKey || key.toLowerCase() !== 'k') return false;
  const isInTerminal =
    target instanceof Element && target.closest('.xterm') !== null;
  return metaKey || (ctrlKey && !isInTerminal);
}

/** Search over the current page, opened with ⌘K or Ctrl+K. */
export function SearchPalette() {
  const [isOpen, setOpen] = useState(false);
  const theme = useTheme();
  const isNarrow = useMediaQuery(theme.breakpoints.down('xs'));
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!isShortcut(event)) return;
      event.preventDefault();
      setOpen(before => !before);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <Dialog
      fullWidth
      fullScreen={isNarrow}
      maxWidth="sm"
      scroll="paper"
      open={isOpen}
      onClose={() => setOpen(false)}
      PaperProps={{
        'aria-label': 'Search',
        style: isNarrow ? undefined : { alignSelf: 'flex-start' },
      }}
    >
      <Suspense fallback={null}>
        <PaletteContent onClose={() => setOpen(false)} />
      </Suspense>
    </Dialog>
  );
}
