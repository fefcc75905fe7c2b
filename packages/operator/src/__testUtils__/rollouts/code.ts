import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const served = `

def prices(days: int = 1) -> int:
    """Number of prices.

    Args:
        days: How far back.
    """
    return days
`;

/** Code for a situation while it is loaded; serves a function unless it ends before. */
export const code = {
  good: `"""Prices."""${served}`,
  better: `"""Prices, in another version."""${served}`,
  farther: `"""Prices."""${served.replace('return days', 'return days + 1')}`,
  crashing: `import os
import sys

print("The price list is missing", file=sys.stderr)
sys.stderr.flush()
os._exit(3)
`,
  crashingOnce: `import os
from pathlib import Path

seen = Path("/tmp/seen")
if not seen.exists():
    seen.touch()
    os._exit(3)
${served}`,
  broken: `def prices(days: int = 1) -> int:
    return days
`,
  hungry: `everything = [bytearray(1024 * 1024) for _ in range(2048)]
${served}`,
  slow: `import time

time.sleep(40)
${served}`,
  waiting: `import time


def waiting(seconds: float) -> float:
    """Waits, like a function that reads from a slow server.

    Args:
        seconds: For how long.
    """
    time.sleep(seconds)
    return seconds
`,
  linked: `import os
from pathlib import Path

ANSWER = int(Path(os.environ["GEO"], "answer").read_text())


def answer() -> int:
    """Answer of a library in the image."""
    return ANSWER
`,
  requiring: `import quotes


def days() -> int:
    """Number of days."""
    return quotes.DAYS
`,
  tooSlow: `import time

time.sleep(150)
${served}`,
};

/** Tests of code. */
export const tests: Partial<Record<keyof typeof code, string>> = {
  better: `from bailiwick.testing import call


def test_right():
    assert call("prices", days=3) == 3


def test_wrong():
    assert call("prices") == 2
`,
};

/** Returns the gzipped tar of `functions.py`, and of its tests. */
export function packed(
  text: string,
  testsOfCode = '',
  dockerfile?: string,
): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'code-'));
  try {
    writeFileSync(join(folder, 'functions.py'), text);
    mkdirSync(join(folder, 'tests'));
    writeFileSync(join(folder, 'tests/test_functions.py'), testsOfCode);
    if (dockerfile) writeFileSync(join(folder, 'Dockerfile'), dockerfile);
    return execFileSync('tar', ['-cz', '-C', folder, ...readdirSync(folder)]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
