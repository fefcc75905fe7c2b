import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import type {
  BailiwickClient,
  CallOptions,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';

/** Services of the actions. */
export interface ActionServices {
  auth: AuthService;
  client: BailiwickClient;
}

/** Makes a call to the portal act as the person who started the task. */
export async function asInitiator(
  { auth }: ActionServices,
  ctx: {
    getInitiatorCredentials(): Promise<BackstageCredentials>;
    signal?: AbortSignal;
  },
): Promise<CallOptions> {
  const { token } = await auth.getPluginRequestToken({
    onBehalfOf: await ctx.getInitiatorCredentials(),
    targetPluginId: 'bailiwick',
  });
  return { token, signal: ctx.signal };
}
