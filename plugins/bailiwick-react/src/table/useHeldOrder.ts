import {
  useEffect,
  useReducer,
  useRef,
  useState,
  type FocusEvent,
} from 'react';
import { holdOrder, type HeldOrder } from './heldOrder';

/**
 * Keeps the order of a list while the pointer or the focus is in it.
 *
 * @param fresh - items in the newest order
 * @param view - identifies the view that the user chose; a new one applies at once
 * @param keyOf - returns the key of an item
 * @param renew - returns the new content of an item that the newest order omits
 * @public
 */
export function useHeldOrder<T>(
  fresh: T[],
  view: string,
  keyOf: (item: T) => string,
  renew: (item: T) => T,
) {
  const [isPointed, setPointed] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const [, sortAnew] = useReducer((times: number) => times + 1, 0);
  const shown = useRef({ items: fresh, view });
  const isHeld =
    (isPointed || isFocused) &&
    shown.current.view === view &&
    // Where nothing is, nothing moves.
    shown.current.items.length > 0;
  const order: HeldOrder<T> = isHeld
    ? holdOrder(shown.current.items, fresh, keyOf, renew)
    : { items: fresh, changes: 0 };
  useEffect(() => {
    shown.current = { items: order.items, view };
  });
  // The focused element can disappear with a change, without an event.
  useEffect(() => {
    if (isFocused && document.activeElement === document.body)
      setFocused(false);
  }, [fresh, isFocused]);
  return {
    ...order,
    /** Applies the newest order although the list is held. */
    sortAnew: () => {
      shown.current = { items: fresh, view };
      sortAnew();
    },
    /** Properties of the element around the list. */
    holdProps: {
      onPointerEnter: () => setPointed(true),
      onPointerLeave: () => setPointed(false),
      onFocus: () => setFocused(true),
      onBlur: ({ currentTarget, relatedTarget }: FocusEvent) =>
        setFocused(currentTarget.contains(relatedTarget as Node | null)),
    },
  };
}
