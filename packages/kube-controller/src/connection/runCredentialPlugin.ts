import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { KubeconfigError } from '../errors';
import type { CredentialPlugin } from './Kubeconfig';

/** What a login program gives (`client.authentication.k8s.io`, `ExecCredential.status`). */
export interface ProgramCredential {
  token?: string;
  /** PEM. */
  clientCertificateData?: string;
  clientKeyData?: string;
  /** RFC 3339; the program is asked again after it. */
  expirationTimestamp?: string;
}

const run = promisify(execFile);
/** Milliseconds that a program may take. */
const timeout = 30_000;

/**
 * Runs the login program of a kubeconfig (client-go credential plugins).
 *
 * @param folder - of the kubeconfig, from which a relative path counts
 * @throws KubeconfigError with the program's words when it gives no credentials
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
    throw new Error('it gave neither token nor certificate');
  } catch (error) {
    const { message } = error as Error;
    const hint = installHint ? ` ${installHint}` : '';
    throw new KubeconfigError(
      `The login program ${command} failed: ${message.trim()}.${hint}`,
      error,
    );
  }
}
