import { type Logger, pino } from 'pino';
import type { Config } from '../config.js';
import type { LogLines } from './log-lines.js';
import { isLocal } from './loopback.js';

export type Log = Logger;

/**
 * Lines of JSON on standard error. What others reach says who did what; on loopback it says only what is wrong, unless
 * more is asked for.
 */
export function openLog(
  { logLevel, ...config }: Pick<Config, 'host' | 'allowedHosts' | 'public' | 'logLevel'>,
  lines: LogLines,
): Log {
  return pino(
    {
      level: logLevel ?? (isLocal(config) ? 'warn' : 'info'),
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
    },
    lines,
  );
}
