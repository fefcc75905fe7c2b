export interface Config {
  auth?: {
    providers?: {
      oidc?: {
        [environment: string]: {
          /**
           * Whether to accept an e-mail address without the claim `email_verified`, false by default. For providers that
           * never send the claim, such as Entra ID, and whose administrators set the addresses of people.
           */
          allowMissingEmailVerified?: boolean;
        };
      };
    };
  };
}
