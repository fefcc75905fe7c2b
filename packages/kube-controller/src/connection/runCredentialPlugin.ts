import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { KubeconfigError } from '../errors';
import type { CredentialPlugin } from './Kubeconfig';

/** Output of a credential plugin (`client.authentication.k8s.io`, `ExecCredential.status`). */
export interface ProgramCredential {
  token?: string;
  /** PEM. */
  clientCertificateData?: string;
  clientKeyData?: string;
  /** Expiry, RFC 3339. */
  expirationTimestamp?: string;
}

const run = promisify(execFile);
/** Timeout of a plugin, milliseconds. */
const timeout = 30_000;

/**
 * Runs the credential plugin of a kubeconfig (client-go credential plugins).
 *
 * @param folder - folder of the kubeconfig, the base of relative paths
 * @throws KubeconfigError with the message of the plugin when it returns no credentials
 */
export async function runCredentialPlugin(
  program: CredentialPlugin,
  folder: string,
): Promise<ProgramCredential> {
  const { command, args, env, apiVersion, installHint } = program;
  const kind = 'ExecCredential';
  try {
    const { stdout } = await run(command, args ?? [], {
      timeout,
      cwd: command.includes('/') ? folder : undefined,
      env: {
        ...process.env,
        ...Object.fromEntries((env ?? []).map(one => [one.name, one.value])),
        KUBERNETES_EXEC_INFO: JSON.stringify({
          apiVersion,
          kind,
          spec: { interactive: false },
        }),
      },
    });
    const { status } = JSON.parse(stdout);
    if (status?.token || status?.clientCertificateData) return status;
    throw new Error('it returned neither a token nor a certificate');
  } catch (error) {
    const { message } = error as Error;
    const hint = installHint ? ` ${installHint}` : '';
    throw new KubeconfigError(
      `The login program ${command} failed: ${message.trim()}.${hint}`,
      error,
    );
  }
}
