/** Programs that are found, fetched or built together. */
export interface ProgramSet {
  name:
    | 'cell'
    | 'kubernetes'
    | 'runtime'
    | 'addons'
    | 'collector'
    | 'helm'
    | 'kind'
    | 'kube-state-metrics'
    | 'kwok'
    | 's3'
    | 'gitea';
  /** For people, as in "Kubernetes 1.36.3". */
  title: string;
  version: string;
  /** Names the finished set must contain. */
  programs: readonly string[];
  /** Builds from Go modules. */
  builds: readonly GoBuild[];
  /** Further names of a built file; the program selects its role by its name. */
  links?: { to: string; names: readonly string[] };
  /** Official releases, all of which are needed. None for our own programs. */
  downloads?: readonly Download[];
  /** Looks for good enough programs on this machine. */
  onMachine?: () => Promise<Map<string, string> | undefined>;
  /** Debian packages a build needs, with the program or file that proves each installed. */
  buildPackages?: Record<string, string>;
}

/** One call of `go build`; several packages put their programs side by side. */
export interface GoBuild {
  /** Folder of the Go module, within this package. */
  module:
    | 'go'
    | 'go-runtime'
    | 'go-collector'
    | 'go-gitea'
    | 'go-helm'
    | 'go-kind'
    | 'go-kube-state-metrics'
    | 'go-kwok'
    | 'go-s3';
  packages: readonly string[];
  tags?: readonly string[];
  /** Variables set at link time, by full name. */
  stamps?: Record<string, string>;
  cgo?: boolean;
  /** Folders of a Go module that its program reads, and the folder beside the program that gets them. */
  files?: { of: string; folders: readonly string[]; to: string };
}

/** One official file with the place of its SHA-256 sum. */
export interface Download {
  url: string;
  /** A file with the sum alone, or lines of sum and file name. */
  sums: string;
  /** Absent for a plain program; else the path of each program inside the tar archive. */
  members?: Record<string, string>;
  /** Name of a plain program. */
  program?: string;
}
