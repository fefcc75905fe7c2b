/** A line of text or a control, as far as it is visible. */
interface Piece {
  element: Element;
  words: string;
  box: DOMRect;
}

/**
 * Finds flaws of the layout that no typeface or antialiasing explains: parts that stick out, text that is cut off
 * without a way to read it, text and controls on top of each other, charts without a line, and values that are none.
 * Runs in the browser, so it uses nothing from outside.
 *
 * @returns one sentence for each flaw
 */
export function findFlaws(): string[] {
  const flaws = new Set<string>();
  const overlays = document.querySelectorAll(
    'body > [class*="MuiDialog-root"], body > [class*="MuiDrawer-root"], body > [role="presentation"]',
  );
  const root =
    overlays[overlays.length - 1] ?? document.querySelector('[data-example]');
  if (!root) return ['There is no example'];

  const tolerance = 1.5;
  const sidewaysScrollers =
    '[tabindex="0"], [class*="MuiTabs-scroller"], [class*="MuiInputBase-input"]';
  const describe = (element: Element) =>
    `<${element.tagName.toLowerCase()}> "${(
      element.textContent?.trim() ||
      element.getAttribute('aria-label') ||
      element.outerHTML
    ).slice(0, 60)}"`;

  /** Whether a truncated text can be read in another way, or is only for screen readers. */
  const hasOtherWay = (element: Element, clipper: Element) => {
    const style = getComputedStyle(clipper);
    const isShortened =
      style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
    return isShortened && element.closest('[title], [aria-label]') !== null;
  };

  /**
   * Clips a box by the scrolling or hiding elements around it, from the first element on; records the lost parts.
   */
  const visibleBox = (
    element: Element,
    first: Element | null,
    whole: DOMRect,
    words: string,
  ) => {
    let { bottom, left, right, top } = whole;
    let { position } =
      first === element ? { position: 'static' } : getComputedStyle(element);
    for (
      let parent = first;
      parent && parent !== document.documentElement && position !== 'fixed';
      parent = parent.parentElement
    ) {
      const style = getComputedStyle(parent);
      const isSkipped = position === 'absolute' && style.position === 'static';
      if (isSkipped || parent === document.body) continue;
      const edge = parent.getBoundingClientRect();
      for (const axis of ['x', 'y'] as const) {
        const overflow = axis === 'x' ? style.overflowX : style.overflowY;
        if (overflow === 'visible') continue;
        const isOut =
          axis === 'x'
            ? left < edge.left - tolerance || right > edge.right + tolerance
            : top < edge.top - tolerance || bottom > edge.bottom + tolerance;
        const isHidden =
          overflow === 'hidden' ||
          overflow === 'clip' ||
          // Pages and drawers scroll down only; elements that scroll sideways are made for it.
          (axis === 'x' && !parent.matches(sidewaysScrollers));
        const isForReaders = edge.width <= 1 || edge.height <= 1;
        if (isForReaders) return undefined;
        if (isOut && isHidden && !hasOtherWay(element, parent))
          flaws.add(`cut off: ${words}`);
      }
      if (style.overflowX !== 'visible') {
        left = Math.max(left, edge.left);
        right = Math.min(right, edge.right);
      }
      if (style.overflowY !== 'visible') {
        top = Math.max(top, edge.top);
        bottom = Math.min(bottom, edge.bottom);
      }
      position = style.position;
    }
    return right - left > 1 && bottom - top > 1
      ? new DOMRect(left, top, right - left, bottom - top)
      : undefined;
  };

  const isDrawn = (element: Element) =>
    element.checkVisibility({
      opacityProperty: true,
      visibilityProperty: true,
    }) &&
    !element.closest(
      'legend, option, script, style, title, [class*="TouchRipple"]',
    );

  const pieces: Piece[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode as Text;
    const element = text.parentElement!;
    if (!text.data.trim() || !isDrawn(element)) continue;
    const words = describe(element);
    if (/\b(NaN|undefined|Infinity)\b|\[object /.test(text.data))
      flaws.add(`no value: ${words}`);
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const line of range.getClientRects()) {
      if (line.width < 1) continue;
      const box = visibleBox(element, element, line, words);
      if (box) pieces.push({ element, words, box });
    }
  }
  const controls = root.querySelectorAll(
    'button, input, textarea, [role="button"], [role="tab"]',
  );
  for (const element of controls) {
    if (!isDrawn(element)) continue;
    const words = describe(element);
    const box = visibleBox(
      element,
      element.parentElement,
      element.getBoundingClientRect(),
      words,
    );
    if (box) pieces.push({ element, words, box });
  }

  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width + tolerance)
    flaws.add(`the page is ${document.documentElement.scrollWidth} px wide`);
  for (const { box, words } of pieces)
    if (box.right > width + tolerance || box.left < -tolerance)
      flaws.add(`sticks out of the window: ${words}`);

  const isOneControl = (one: Element, other: Element) => {
    const group =
      one.closest('[class*="MuiFormControl-root"]') ??
      one.closest('[class*="MuiInputBase-root"]');
    return group !== null && group.contains(other);
  };
  const sorted = pieces.sort((one, other) => one.box.top - other.box.top);
  sorted.forEach((one, position) => {
    for (let next = position + 1; next < sorted.length; next += 1) {
      const other = sorted[next];
      if (other.box.top >= one.box.bottom) break;
      const across =
        Math.min(one.box.right, other.box.right) -
        Math.max(one.box.left, other.box.left);
      const down = Math.min(one.box.bottom, other.box.bottom) - other.box.top;
      // Lines of text are a little taller than the distance between them.
      const isOver =
        across > 2 && down > 0.35 * Math.min(one.box.height, other.box.height);
      if (
        isOver &&
        !one.element.contains(other.element) &&
        !other.element.contains(one.element) &&
        !isOneControl(one.element, other.element)
      )
        flaws.add(`overlap: ${one.words} and ${other.words}`);
    }
  });

  for (const shape of root.querySelectorAll('svg, svg *')) {
    const broken = [...shape.attributes].find(({ value }) =>
      /NaN|Infinity|undefined/.test(value),
    );
    if (broken)
      flaws.add(
        `<${shape.tagName} ${broken.name}="${broken.value.slice(0, 60)}">`,
      );
  }
  for (const chart of root.querySelectorAll('svg.recharts-surface')) {
    const hasLine = chart.querySelector(
      'path.recharts-curve[d], circle, .recharts-line-dots *',
    );
    if (!hasLine && !chart.textContent?.includes('No data'))
      flaws.add('a chart without a line, a point or "No data"');
  }
  return [...flaws];
}
