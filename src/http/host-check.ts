import type { RequestHandler } from 'express';
import type { Config } from '../config.js';
import { AkinError } from '../errors.js';
import { isLoopback } from './loopback.js';

const OWN_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/** The names that a server answers to; null for any. */
export function namesOf({ host, allowedHosts }: Pick<Config, 'host' | 'allowedHosts'>): string[] | null {
  if (!isLoopback(host) && allowedHosts.length === 0) return null;
  return [...OWN_NAMES, host.includes(':') ? `[${host}]` : host.toLowerCase(), ...allowedHosts];
}

/** Whether a Host header says one of these names, with whatever port or with the one that the name has. */
export function isNamed(header: string | undefined, names: string[] | null): boolean {
  if (names === null) return true;
  if (header === undefined || !URL.canParse(`http://${header}`)) return false;
  const { hostname, host } = new URL(`http://${header}`);
  return names.includes(hostname) || names.includes(host);
}

/**
 * A page of another site can give its own name this machine's address and then read what a server on loopback answers
 * (DNS rebinding). Its requests still come under that name.
 *
 * @throws AkinError HOST_NOT_ALLOWED
 */
export function hostCheck(names: string[] | null): RequestHandler {
  return (request, _response, next) => {
    if (!isNamed(request.headers.host, names)) {
      throw new AkinError(
        'HOST_NOT_ALLOWED',
        'The server does not go by the name in the Host header. If it should, set AKIN_ALLOWED_HOSTS to that name.',
      );
    }
    next();
  };
}
