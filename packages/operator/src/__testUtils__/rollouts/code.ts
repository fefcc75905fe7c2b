import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
  tooSlow: `import time

time.sleep(150)
${served}`,
};

/** The gzipped tar in which code travels. */
export function packed(text: string): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'code-'));
  try {
    writeFileSync(join(folder, 'functions.py'), text);
    return execFileSync('tar', ['-cz', '-C', folder, 'functions.py']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
