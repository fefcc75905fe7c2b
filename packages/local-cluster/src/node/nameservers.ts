import { readIfThere } from '../files';

/** The second is where systemd-resolved lists the servers behind its own loopback address. */
const SOURCES = ['/etc/resolv.conf', '/run/systemd/resolve/resolv.conf'];

/** Name servers of this machine that the cell can reach, too; none if it only has local ones. */
export function hostNameservers(): string[] {
  for (const source of SOURCES) {
    const found = parseNameservers(readIfThere(source) ?? '');
    if (found.length > 0) return found;
  }
  return [];
}

/** Reads the IPv4 name servers of a resolv.conf, leaving out loopback addresses. */
export function parseNameservers(text: string): string[] {
  const all = Array.from(
    text.matchAll(/^nameserver\s+(\d+\.\d+\.\d+\.\d+)\s*$/gm),
    ([, ip]) => ip,
  );
  return all.filter(ip => !ip.startsWith('127.')).slice(0, 3);
}
