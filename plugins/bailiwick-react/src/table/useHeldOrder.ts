import {
  useEffect,
  useReducer,
  useRef,
  useState,
  type FocusEvent,
} from 'react';
import { holdOrder, type HeldOrder } from './heldOrder';

/**
 * A list whose items do not move while the pointer or the focus is within.
 *
 * @param fresh - the list in its newest order
 * @param view - stands for what a person chose; another one takes effect at once
 * @param keyOf - tells items apart
 * @param renew - new content of an item that the newest order leaves out
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
  // What had the focus can be gone with a change, of which no event tells.
  useEffect(() => {
    if (isFocused && document.activeElement === document.body)
      setFocused(false);
  }, [fresh, isFocused]);
  return {
    ...order,
    /** Takes the newest order although the list is held. */
    sortAnew: () => {
      shown.current = { items: fresh, view };
      sortAnew();
    },
    /** For the element around the list. */
    holdProps: {
      onPointerEnter: () => setPointed(true),
      onPointerLeave: () => setPointed(false),
      onFocus: () => setFocused(true),
      onBlur: ({ currentTarget, relatedTarget }: FocusEvent) =>
        setFocused(currentTarget.contains(relatedTarget as Node | null)),
    },
  };
}
