import { tenant } from '@bailiwick/backstage-testing/objects';
import { warningsAnnotation } from '../../../names';
import { dueWarnings } from './warnings';
import { readGivenWarnings } from './warnOfExpiry';

const now = new Date('2027-01-31T00:00:00Z');
const at = '2027-02-01T00:00:00Z';

function desk(annotation: string) {
  const { metadata, ...rest } = tenant('desk', { expiresAt: at });
  const annotations = { [warningsAnnotation]: annotation };
  return { ...rest, metadata: { ...metadata, annotations } };
}

describe('readGivenWarnings', () => {
  it('records the sent warnings', () => {
    const given = { '': { at, days: 1 } };
    expect(readGivenWarnings(desk(JSON.stringify(given)))).toEqual(given);
    expect(readGivenWarnings(tenant('desk'))).toEqual({});
  });

  it.each(['null', '', '5', '"text"', '[]', 'true', '{', '{"":null}'])(
    'warns despite the annotation %s',
    annotation => {
      const one = desk(annotation);
      expect(dueWarnings(one, readGivenWarnings(one), now)).toHaveLength(1);
    },
  );

  it.each(['null', '5', '"text"', '[]', 'true'])('ignores %s', annotation => {
    expect(readGivenWarnings(desk(annotation))).toEqual({});
  });
});
