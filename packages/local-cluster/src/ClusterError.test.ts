import { ClusterError, explain } from './ClusterError';

describe('error messages', () => {
  it.each([
    new Error('ENOSPC: no space left on device, write'),
    new ClusterError(
      'etcd does not come up (exit 1): {"level":"fatal","error":"write wal: no space left on device"}',
      'Read etcd.log',
    ),
    new Error(
      'kubectl ended with code 1: etcdserver: mvcc: database space exceeded',
    ),
  ])('of a full disk contains the remedy: %s', error => {
    const { message, remedy } = explain(error);
    expect(message).toBe('A disk is full.');
    expect(remedy).toContain('df -h');
  });

  it.each([
    'ENOSPC: System limit for number of file watchers reached, watch /tmp',
    'inotify_add_watch /etc/kubernetes/manifests: no space left on device',
    'Failed to start cAdvisor: inotify_init: too many open files',
    "kube-proxy does not come up (exit 1): couldn't initialize inotify: too many open files",
  ])('of too many file watches is which limits to raise: %s', text => {
    const { message, remedy } = explain(new Error(text));
    expect(message).toContain(text);
    expect(remedy).toContain('sysctl fs.inotify');
  });

  it.each(['mkdir /sys/fs/cgroup/kubepods: no space left on device'])(
    'of another kernel limit is its message: %s',
    message => {
      expect(explain(new Error(message)).message).toBe(message);
    },
  );

  it('of other failures is their message', () => {
    const error = new ClusterError('No network.', 'Plug it in.');
    expect(explain(error)).toEqual({
      message: 'No network.',
      remedy: 'Plug it in.',
    });
  });
});
