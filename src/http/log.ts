import { type Logger, pino } from 'pino';
import type { Config } from '../config.js';
import type { LogLines } from './log-lines.js';
import { isLoopback } from './loopback.js';

export type Log = Logger;

/**
 * Lines of JSON on standard error. What others reach says who did what; on loopback it says only what is wrong, unless
 * more is asked for.
 */
export function openLog({ host, logLevel }: Pick<Config, 'host' | 'logLevel'>, lines: LogLines): Log {
  return pino(
    {
      level: logLevel ?? (isLoopback(host) ? 'warn' : 'info'),
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
    },
    lines,
  );
}
