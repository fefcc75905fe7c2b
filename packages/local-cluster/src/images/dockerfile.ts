import { compileCommand } from './compilePython';
import { NODE, PIP_TARGET, type ImageSpec } from './ImageSpec';

/**
 * Writes an image as a Dockerfile, for where Docker builds it.
 *
 * @remarks The build context holds `requirements.txt`, and `copy/<n>` for the n-th path to copy.
 */
export function dockerfile(spec: ImageSpec): string {
  const packages = [...(spec.debian?.packages ?? [])].sort();
  const withPip = spec.pip ? [...packages, 'python3-pip'] : packages;
  const instructions = [
    spec.debian
      ? `FROM debian:${spec.debian.suite}-slim AS base`
      : 'FROM scratch',
    aptGet(packages),
    ...(spec.pip
      ? [
          'FROM base AS pip',
          aptGet(withPip),
          'COPY requirements.txt /requirements.txt',
          `RUN python3 -m pip install --no-compile --only-binary=:all: --target ${PIP_TARGET} -r /requirements.txt && ${compile(
            PIP_TARGET,
          )}`,
          'FROM base',
          `COPY --from=pip ${PIP_TARGET} ${PIP_TARGET}`,
        ]
      : []),
    ...(spec.node
      ? [
          `COPY --from=node:${spec.node}-${spec.debian?.suite}-slim ${NODE} ${NODE}`,
        ]
      : []),
    ...spec.copy.map(({ to }, index) => `COPY copy/${index} ${to}`),
    ...spec.copy
      .filter(({ to }) => to.startsWith(`${PIP_TARGET}/`))
      .map(({ to }) => `RUN ${compile(to)}`),
    ...Object.entries(spec.env).map(
      ([name, value]) => `ENV ${name}=${JSON.stringify(value)}`,
    ),
    `USER ${spec.user}`,
    `WORKDIR ${spec.workdir}`,
    `ENTRYPOINT ${JSON.stringify(spec.entrypoint)}`,
  ];
  return `${instructions.filter(Boolean).join('\n')}\n`;
}

function compile(folder: string): string {
  return compileCommand(folder).join(' ');
}

function aptGet(packages: readonly string[]): string {
  if (packages.length === 0) return '';
  const install = `apt-get install -y --no-install-recommends ${packages.join(
    ' ',
  )}`;
  return `RUN apt-get update && ${install} && rm -rf /var/lib/apt/lists/*`;
}
