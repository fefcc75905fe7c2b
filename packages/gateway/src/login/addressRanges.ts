import { BlockList, isIP, isIPv4 } from 'node:net';

/**
 * Whether an address is in one of the ranges (CIDR). An IPv4 address within an IPv6 one (`::ffff:10.0.0.1`), as dual-stack
 * sockets report it, counts as IPv4.
 */
export function isInRanges(
  address: string,
  ranges: readonly string[],
): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').split('%')[0];
  if (!isIP(plain)) return false;
  const list = new BlockList();
  for (const range of ranges) {
    const [start, prefix] = range.split('/');
    // What the API server accepted earlier never widens a grant.
    if (!isIP(start)) continue;
    list.addSubnet(start, Number(prefix), familyOf(start));
  }
  return list.check(plain, familyOf(plain));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv4(address) ? 'ipv4' : 'ipv6';
}
