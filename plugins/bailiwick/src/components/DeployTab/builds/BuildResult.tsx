import type { BuildView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { Name } from '../../Name';
import { describeBuild } from './describeBuild';

/** Shows the progress or result of a build; who cancelled it, by name. */
export function BuildResult({
  of: build,
}: {
  of: Pick<
    BuildView,
    'advisories' | 'cancelledBy' | 'file' | 'line' | 'phase' | 'why'
  >;
}) {
  return build.phase === 'Cancelled' && build.cancelledBy ? (
    <>
      Cancelled by <Name of={build.cancelledBy} />.
    </>
  ) : (
    <>{describeBuild(build)}</>
  );
}
