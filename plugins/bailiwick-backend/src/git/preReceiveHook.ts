/** Most bytes of a code bundle: it travels in a ConfigMap, which holds 1 MiB. */
export const bundleMaxBytes = 900_000;

/** Refuses a push to `main` whose code would not fit, before anything is kept. */
export const preReceiveHook = `#!/bin/sh
while read -r old new ref; do
  [ "$ref" = refs/heads/main ] || continue
  size=$(git archive --format=tar "$new" | gzip -9 | wc -c)
  if [ "$size" -gt ${bundleMaxBytes} ]; then
    echo "The code is $size bytes compressed; at most ${bundleMaxBytes} can be run. Move large files out of the repository." >&2
    exit 1
  fi
done
`;
