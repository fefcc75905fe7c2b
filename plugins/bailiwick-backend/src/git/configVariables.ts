/** Returns the environment variables that pass configuration to git (git-config, section "Environment"). */
export function configVariables(
  config: Record<string, string>,
): Record<string, string> {
  const entries = Object.entries(config);
  return Object.fromEntries([
    ['GIT_CONFIG_COUNT', `${entries.length}`],
    ...entries.flatMap(([key, value], index) => [
      [`GIT_CONFIG_KEY_${index}`, key],
      [`GIT_CONFIG_VALUE_${index}`, value],
    ]),
  ]);
}
