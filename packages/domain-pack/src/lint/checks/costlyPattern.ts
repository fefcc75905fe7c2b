import { createRequire } from 'node:module';
import type { checkSync } from 'recheck';

/** Milliseconds for one pattern, which takes a few on an idle machine. A busy one must not refuse what another one takes. */
const timeoutMs = 60_000;
/** Time grows with the square of a text in many a pattern that people rightly use, such as that of an address. */
const tolerable = 2;

/** What repeats without an end; nothing else takes longer with a longer text. */
const endless = /[*+]|,\}/;

let check: typeof checkSync | undefined;

/**
 * How the time that a pattern takes grows with a text that somebody chooses, in words; `undefined` when it does not
 * grow beyond measure. What nobody can tell, because the pattern looks around or back or is too large, counts as beyond.
 */
export function costlyPattern(pattern: string): string | undefined {
  if (!endless.test(pattern)) return undefined;
  const found = load()(pattern, 'u', {
    checker: 'automaton',
    timeout: timeoutMs,
  });
  if (found.status === 'unknown')
    // That it is no pattern is told elsewhere.
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
