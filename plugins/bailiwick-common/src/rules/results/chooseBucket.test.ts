import { connectionKind, type Connection } from '../../kinds';
import { chooseBucket } from './chooseBucket';

const { apiVersion, kind } = connectionKind;
const place = { tenant: 'rates-desk', environment: 'prod' };

function connection(
  metadataName: string,
  changes: Partial<Connection['spec']> = {},
): Connection {
  return {
    apiVersion,
    kind,
    metadata: { name: metadataName },
    spec: {
      title: 'Results',
      name: 'results',
      s3: { bucket: 'results', region: 'us-east-1', pathStyle: true },
      host: 's3.example',
      port: 443,
      tls: true,
      secret: 'results',
      tenants: ['rates-desk'],
      egress: { cidrs: ['10.20.0.5/32'] },
      ...changes,
    },
  };
}

describe('chooseBucket', () => {
  it('prefers the bucket of the environment', () => {
    const all = connection('all');
    const prod = connection('prod', { environments: ['prod'] });
    const choose = (...found: Connection[]) =>
      chooseBucket(found, 'results', place).connection?.metadata.name;
    expect(choose(all)).toBe('all');
    expect(choose(all, prod)).toBe('prod');
  });

  it.each([
    ['does not exist', []],
    [
      'is not an S3 bucket',
      [connection('broker', { pack: 'market', s3: undefined })],
    ],
    [
      'is not available to tenant rates-desk in environment prod',
      [connection('theirs', { tenants: ['other'] })],
    ],
    [
      'is not available to tenant rates-desk in environment prod',
      [connection('dev', { environments: ['dev'] })],
    ],
  ])('refuses a connection that %s', (reason, found) => {
    const { why } = chooseBucket(found, 'results', place);
    expect(why).toBe(`Connection "results" for results ${reason}.`);
  });
});
