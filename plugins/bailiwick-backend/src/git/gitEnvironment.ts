import { configVariables } from './configVariables';

/** Bytes per second below which a transfer is slow, and the seconds after which git ends it. */
const slow = { bytes: '1000', seconds: '20' };

/**
 * Returns the environment of a git command that connects to a git host. The credentials are in the environment, because
 * all users of the machine can read arguments.
 *
 * @param authorization - value of the header `Authorization`
 */
export function gitEnvironment(
  address: string,
  authorization: string,
): NodeJS.ProcessEnv {
  const { origin, protocol } = new URL(address);
  return {
    ...process.env,
    LC_ALL: 'C', // messages are read by `explainGit`
    GIT_TERMINAL_PROMPT: '0',
    ...configVariables({
      [`http.${origin}/.extraHeader`]: `Authorization: ${authorization}`,
      // Otherwise a host could send the credentials, and the portal, elsewhere.
      'http.followRedirects': 'false',
      'http.lowSpeedLimit': slow.bytes,
      'http.lowSpeedTime': slow.seconds,
      'credential.helper': '',
      'protocol.allow': 'never',
      [`protocol.${protocol.replace(':', '')}.allow`]: 'always',
    }),
  };
}
