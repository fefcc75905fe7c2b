import {
  maxPackageFile,
  packageFiles,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { bundleMaxBytes, tooLarge, unpackedMaxBytes } from './bundle';
import { packagesTooLarge } from './requiredPackages';

/** Refuses a push to `main` whose code would not fit, before anything is kept. */
export const preReceiveHook = `#!/bin/sh
refuse() {
  echo "$1" >&2
  exit 1
}
while read -r old new ref; do
  [ "$ref" = refs/heads/main ] || continue
  size=$(git archive --format=tar "$new" 2>/dev/null | head -c ${
    unpackedMaxBytes + 1
  } | wc -c)
  [ "$size" -le ${unpackedMaxBytes} ] || refuse "${tooLarge.unpacked}"
  size=$(git archive --format=tar "$new" | gzip -9 | wc -c)
  [ "$size" -le ${bundleMaxBytes} ] || refuse "${tooLarge.compressed('$size')}"
  size=$(git cat-file -s "$new:${packageFiles[0]}" 2>/dev/null || echo 0)
  [ "$size" -le ${maxPackageFile} ] || refuse "${packagesTooLarge(
  packageFiles[0],
  '$size',
)}"
done
`;
