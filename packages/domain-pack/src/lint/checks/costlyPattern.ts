import { createRequire } from 'node:module';
import type { checkSync } from 'recheck';

/** Time limit of a pattern in milliseconds. A pattern takes a few on an idle machine; a busy one must not reject it. */
const timeoutMs = 60_000;
/** Time grows with the square of a text in many a pattern that people rightly use, such as that of an address. */
const tolerable = 2;

/** Unbounded repetition, the only construct whose time grows with the text. */
const endless = /[*+]|,\}/;

let check: typeof checkSync | undefined;

/**
 * Describes how the matching time of a pattern grows with user input; `undefined` if the growth is harmless. Patterns
 * with lookaround or back-references, and large ones, cannot be judged and count as harmful.
 */
export function costlyPattern(pattern: string): string | undefined {
  if (!endless.test(pattern)) return undefined;
  const found = load()(pattern, 'u', {
    checker: 'automaton',
    timeout: timeoutMs,
  });
  if (found.status === 'unknown')
    // Another check reports that it is not a pattern.
    return found.error.kind === 'invalid' ? undefined : "can't be predicted";
  if (found.status !== 'vulnerable') return undefined;
  const { complexity } = found;
  if (complexity.type === 'exponential')
    return 'doubles with each character of some inputs';
  return complexity.degree > tolerable
    ? `grows with the length of some inputs to the power of ${complexity.degree}`
    : undefined;
}

/** The analysis is large, and most programs that know packs never ask for it. It is the build without Java. */
function load(): typeof checkSync {
  const require = createRequire(import.meta.url);
  check ??= require('recheck/lib/browser.js').checkSync as typeof checkSync;
  return check;
}
