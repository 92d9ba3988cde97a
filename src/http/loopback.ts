import type { Config } from '../config.js';

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;
/** As a Host header has it. */
const LOCAL_NAME = /^(127\.\d+\.\d+\.\d+|\[::1\]|localhost)(:\d+)?$/;

/** Whether only this machine reaches what listens at an address. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

/**
 * Whether a server is for programs of this machine alone: it listens on loopback, goes by no other name, as it would where
 * a proxy sends it the requests of others, and is not said to be for everybody.
 */
export function isLocal({
  host,
  allowedHosts,
  public: isFor,
}: Pick<Config, 'host' | 'allowedHosts' | 'public'>): boolean {
  return isFor === null && isLoopback(host) && allowedHosts.every((name) => LOCAL_NAME.test(name));
}
