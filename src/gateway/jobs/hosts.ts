/** Which addresses a service may be asked at, and may send us to. */
import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { say } from '../../core/say.ts';
import type { Adapter } from '../../providers/adapter.ts';
import { ServiceTrouble } from '../../providers/service-trouble.ts';

const PRIVATE = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  PRIVATE.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 96],
  ['2002::', 16],
  ['64:ff9b:1::', 48],
  ['fec0::', 10],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  PRIVATE.addSubnet(net, bits, 'ipv6');

/** Loopback, the local network and whatever else is nobody's public address. */
function isPrivate(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return isPrivate(mapped);
  return PRIVATE.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** An address with a private IP address in place of a name, or one of this computer's own names. */
function isOnThisComputer(base: string): boolean {
  if (!URL.canParse(base)) return false;
  const host = new URL(base).hostname.replace(/^\[|\]$/g, '');
  return host === 'localhost' || (isIP(host) !== 0 && isPrivate(host));
}

/** A server of a person's own: it lists what is installed there, and costs nothing. */
export const isLocalAt = ({ isLocal, isLocalIfPrivate }: Adapter, base: string): boolean =>
  isLocal ?? (isLocalIfPrivate === true && isOnThisComputer(base));

/** Why a connection was not made: a name of theirs leads into this network. */
class PrivateAddress extends Error {
  override readonly name = 'PrivateAddress';
  readonly host: string;
  constructor(host: string) {
    super(`${host} leads to a private address.`);
    this.host = host;
  }
}
/**
 * Finds the address that a connection then goes to: checked here, it cannot be another one by then. Any private one
 * among several is somebody's trick.
 */
export const lookupPublic: LookupFunction = (host, options, callback) => {
  lookup(host, { ...options, all: true }, (error, found) => {
    if (error) return callback(error, []);
    if (found.some(({ address }) => isPrivate(address))) return callback(new PrivateAddress(host), []);
    if (options.all) return callback(null, found);
    const [first] = found;
    callback(null, first?.address ?? '', first?.family);
  });
};
/** The trouble behind an error of a connection, where the address was the reason. */
export function addressTrouble(thrown: unknown, { name }: Adapter): ServiceTrouble | undefined {
  for (let one = thrown; one instanceof Error; one = one.cause)
    if (one instanceof PrivateAddress)
      return new ServiceTrouble(
        'broken',
        say('{0} sent us to {1}, which leads into this network.', say(name), say(one.host)),
        {
          hint: NOTHING_FETCHED,
        },
      );
  return undefined;
}

const matches = (host: string, pattern: string): boolean =>
  pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern;

/** Whether an address is the service's as this machine's settings say it: its whole origin counts as the service's. */
export const isAtHome = ({ origin }: URL, base: string): boolean => origin === new URL(base).origin;

/**
 * The address as one of the service's own. Throws `ServiceTrouble` when it is somebody else's: what a service answers must
 * not make us ask, with or without its key, wherever it likes.
 * @param base where the service lives on this machine's settings
 */
export function ownAddress(to: string, base: string, { hosts, name }: Adapter): URL {
  const whole = to.startsWith('/') ? base + to : to;
  if (!URL.canParse(whole)) throw new ServiceTrouble('broken', say('{0} gave an address that is none.', say(name)));
  const url = new URL(whole);
  // A name and a password in it are somebody's, and nothing can be asked with them.
  if (url.username || url.password) throw notTheirs(name, url.host);
  if (isAtHome(url, base)) return url;
  const isOwn = url.protocol === 'https:' && url.port === '' && hosts.some((pattern) => matches(url.hostname, pattern));
  if (!isOwn) throw notTheirs(name, url.host);
  return url;
}

const notTheirs = (name: string, host: string) =>
  new ServiceTrouble('broken', say('{0} sent us to {1}, which is not one of its addresses.', say(name), say(host)), {
    hint: NOTHING_FETCHED,
  });
const NOTHING_FETCHED = say('Nothing was fetched from there.');
