const python = (text: string) => `python3 -c '${text}'`;

/**
 * Commands with which a step of a Dockerfile tries to leave its builder or to read its files, by name. Only `nothing`
 * may succeed.
 *
 * @param node - address of a registry on port 5000
 */
export function escapes(node: string): Record<string, string> {
  const connect = `import socket; socket.create_connection(("${node}", 5000), 5)`;
  return {
    registry: 'ls /registry',
    work: 'ls /work',
    code: 'ls /code',
    parent: 'ls /proc/1/root',
    chroot: python('import os; os.chroot("/opt")'),
    mount: 'mount -t tmpfs none /mnt',
    unshare: 'unshare --net true',
    users: 'unshare --user true',
    setns: 'nsenter --target 1 --net true',
    network: python(connect),
    memory: python('bytearray(2 << 30)'),
    nothing: python('bytearray(2 << 20)'),
  };
}
