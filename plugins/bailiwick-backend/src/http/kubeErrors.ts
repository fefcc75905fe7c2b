import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import {
  KubeApiError,
  KubeConnectionError,
} from '@bailiwick/backstage-kube-controller';
import {
  exceededQuotaMessage,
  quotaRemedy,
  readExceededQuota,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { ErrorRequestHandler } from 'express';
import { errorOfStatus } from './errorOfStatus';

/** The prefix of a rule's message: the refused value as JSON, which some rules omit. */
const refusedValue =
  /^Invalid value: (("(?:[^"\\]|\\.)*"|-?[\d.]+|null|true|false|\{.*?\}|\[.*?\]): )?/;

/**
 * The rules that a refused object breaks, as `field: rule`, without the API server's frame
 * around them; its whole message when it names no causes.
 */
export function readableMessage({ details, message }: KubeApiError): string {
  const causes = (details?.causes ?? []).map(cause => {
    const rule = cause.message?.replace(refusedValue, '');
    return cause.field && cause.field !== '<nil>'
      ? `${cause.field}: ${rule}`
      : rule;
  });
  return causes.length > 0 ? causes.join('; ') : message;
}

/** Returns the message of an admission policy, `undefined` for other refusals. */
function policyMessage({ message }: KubeApiError): string | undefined {
  return message.match(
    /ValidatingAdmissionPolicy '[^']*' with binding '[^']*' denied request: (.*)$/s,
  )?.[1];
}

/** Returns a message for an exceeded quota, `undefined` for other refusals. */
function quotaMessage({ message }: KubeApiError): string | undefined {
  const exceeded = readExceededQuota(message);
  return exceeded && `${exceededQuotaMessage(exceeded)} ${quotaRemedy}`;
}

/** Returns a message for fields that the kinds of the cluster lack, `undefined` for other refusals. */
function unknownFieldMessage({ message }: KubeApiError): string | undefined {
  const fields = [...message.matchAll(/unknown field "([^"]+)"/g)];
  return fields.length === 0
    ? undefined
    : `The cluster does not know ${fields
        .map(([, field]) => field)
        .join(
          ', ',
        )}, because it has another version of Bailiwick than the portal. Nothing was changed. Ask the platform team to update Bailiwick in the cluster.`;
}

/** Returns the message of a refusal for the person who caused it. */
export function refusalMessage(error: Error): string {
  if (!(error instanceof KubeApiError)) return error.message;
  return (
    policyMessage(error) ??
    quotaMessage(error) ??
    unknownFieldMessage(error) ??
    readableMessage(error)
  );
}

/** Maps refusals of the API server to Backstage's errors with the same message. */
export const answerKubeErrors: ErrorRequestHandler = (
  error,
  _req,
  _res,
  next,
) => {
  if (error instanceof KubeConnectionError) {
    return next(
      new ServiceUnavailableError(
        'The cluster is unreachable. Try again in a moment.',
      ),
    );
  }
  if (!(error instanceof KubeApiError)) return next(error);
  const denial = policyMessage(error) ?? quotaMessage(error);
  if (denial) return next(new NotAllowedError(denial));
  const unknown = unknownFieldMessage(error);
  if (unknown) return next(new ServiceUnavailableError(unknown));
  return next(errorOfStatus(error.status, readableMessage(error)) ?? error);
};
