export interface Config {
  bailiwick: {
    /** Access of the portal to Kubernetes. */
    kubernetes?: {
      /** Path of a kubeconfig; without it the usual places are tried. */
      kubeconfig?: string;
      /** Context of the kubeconfig. */
      context?: string;
      /** File in which `bailiwick-cluster` reports the progress of a starting cluster. */
      stateFile?: string;
    };
    git: {
      /** Folder that holds the bare repositories. */
      directory: string;
      /** Git host of new repositories; the portal by default. Its credentials are in `integrations`. */
      host?: {
        /** Address of an app's repository: `https://git.example.com/platform/{tenant}.{app}`. */
        repositories: string;
        /** Seconds between two looks at all repositories, 30 by default. */
        pollSeconds?: number;
        /**
         * Secret of the webhooks of the git host, which make it faster; without one, webhooks are refused.
         * @visibility secret
         */
        webhookSecret?: string;
      };
    };
    /** Guides in the portal; without them, the page of guides and search list none. */
    docs?: {
      /** Path of the folder that contains the guides: `docs` of Bailiwick's repository. */
      path?: string;
    };
    /** Serves the results of apps; leave it out in a portal without a gateway. */
    gateway?: {
      /**
       * Address of the gateway as readers see it. The portal downloads files from it.
       * @visibility frontend
       */
      baseUrl?: string;
      /**
       * Address of the metrics port of the gateway, from which the portal reads the call history. A host name with
       * several addresses names several replicas.
       */
      metricsUrl?: string;
    };
    /**
     * Entity reference of the group of platform engineers, `group:default/platform` by default.
     * @visibility frontend
     */
    platformGroup?: string;
    /**
     * Whether people need a User entity in the catalog, true by default: who leaves loses access within a minute. Portals
     * with guests, or that let people sign in without an entity, need false.
     */
    requireUserEntity?: boolean;
    /** Limit of the requests of one person to this plugin: by default 500 within 10 s, and 200 open at the same time. */
    rateLimit?: {
      requests?: number;
      seconds?: number;
      /** Requests without a complete response; each live update of a page is one. */
      open?: number;
    };
    /** Workspaces with JupyterLab; leave it out in a portal without them. */
    workspaces?: {
      /**
       * Address of workspaces in browsers, in which `*` stands for one workspace: `https://*.workspaces.example.com`.
       * It must not be below the portal's own address: notebooks contain scripts.
       */
      baseUrl: string;
      /** Where the portal listens for requests to that address. */
      listen: {
        port: number;
        /** Address of an interface; all by default. */
        host?: string;
      };
    };
    /** Source of historical metrics; without it, pods are polled while someone views them. */
    prometheus?: {
      /** Address of a Prometheus that scrapes the pods of apps, or of a compatible server; without `/api/v1`. */
      url: string;
      /**
       * Headers of each query, such as `Authorization`.
       * @deepVisibility secret
       */
      headers?: { [name: string]: string };
      /** Additional matchers for the series of this installation, in PromQL, such as `cluster="west"`. */
      matchers?: string;
      /** Over so long a rate is taken: four scrapes; 2m when absent. */
      window?: string;
    };
  };
}
