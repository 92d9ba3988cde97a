import { type Logger, pino } from 'pino';
import type { Config } from '../config.js';
import { isLoopback } from './loopback.js';

export type Log = Logger;

/**
 * Lines of JSON on standard error. What others reach says who did what; on loopback it says only what is wrong, unless
 * more is asked for.
 */
export function openLog({ host, logLevel }: Pick<Config, 'host' | 'logLevel'>): Log {
  return pino(
    {
      level: logLevel ?? (isLoopback(host) ? 'warn' : 'info'),
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
    },
    // Each line is written before the next thing happens: what a crash leaves is whole.
    pino.destination({ dest: 2, sync: true }),
  );
}
