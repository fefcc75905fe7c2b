import {
  measureElement,
  observeElementRect,
  useVirtualizer,
} from '@tanstack/react-virtual';
import { useRef } from 'react';

/** Of a tall window; until the box is laid out. */
const usualRect = { width: 1000, height: 900 };

/** Draws only those of many lines that can be seen in a box that scrolls. */
export function useVirtualRows<T>(
  items: T[],
  keyOf: (item: T) => string,
  usualHeight: number,
) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    getItemKey: index => keyOf(items[index]),
    estimateSize: () => usualHeight,
    initialRect: usualRect,
    observeElementRect: (instance, tell) =>
      observeElementRect(instance, rect =>
        tell(rect.height > 0 ? rect : usualRect),
      ),
    measureElement: (...line) => measureElement(...line) || usualHeight,
    overscan: 6,
  });
  const seen = virtualizer.getVirtualItems();
  return {
    /** For the box. */
    scroller,
    /** Rows to draw, with the references that measure them. */
    rows: seen.map(({ index, key }) => ({
      item: items[index],
      key,
      index,
      measured: { ref: virtualizer.measureElement, 'data-index': index },
    })),
    /** Room that the lines take that are not drawn, pixels. */
    above: seen[0]?.start ?? 0,
    below: virtualizer.getTotalSize() - (seen.at(-1)?.end ?? 0),
  };
}
