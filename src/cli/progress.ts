import type { EngineOptions } from '../engine-parts.js';
import type { Job } from '../storage/job-store.js';

const WIDTH = 24;
const REDRAW_MS = 100;

/** Draws one line on a terminal's standard error over and over; without a terminal it draws nothing. */
class Line {
  #drawnAt = 0;

  draw(text: string, { last = false } = {}): void {
    if (!process.stderr.isTTY) return;
    const now = performance.now();
    if (!last && now - this.#drawnAt < REDRAW_MS) return;
    this.#drawnAt = now;
    const fitting = text.slice(0, (process.stderr.columns || 80) - 1);
    process.stderr.write(`\r\x1b[K${fitting}${last ? '\n' : ''}`);
  }
}

/** Shows what goes on in a line that is drawn over and over. */
export function progressLine(): (text: string, options?: { last?: boolean }) => void {
  const line = new Line();
  return (text, options) => line.draw(text, options);
}

/** Shows a job as a bar with what is done, the rate and the time left. */
export function jobProgress(): (job: Job) => void {
  const line = new Line();
  const started = performance.now();
  let first: number | null = null;
  return ({ status, counts: { done, total }, etaSeconds, waiting }) => {
    first ??= done;
    const seconds = (performance.now() - started) / 1000;
    const rate = seconds > 0 ? (done - first) / seconds : 0;
    const left = etaSeconds ?? (rate > 0 && total !== null ? Math.ceil((total - done) / rate) : null);
    const ended = status !== 'queued' && status !== 'running';
    const parts = [
      bar(total ? done / total : 0),
      `${done} of ${total ?? '?'}`,
      `${rate.toFixed(1)}/s`,
      waiting ? `waits: ${waiting.detail}` : '',
      ended ? `in ${duration(seconds)}` : left === null ? '' : `${duration(left)} left`,
    ];
    line.draw(parts.filter(Boolean).join('  '), { last: ended });
  };
}

/** Shows what opening an index may have to wait for: a model's download, and an index that an older Akin made. */
export function openingProgress(): Required<Pick<EngineOptions, 'onDownload' | 'onUpgrade'>> {
  const line = new Line();
  let isUpgrading = false;
  return {
    onDownload({ file, loaded, total }) {
      const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
      const share = total > 0 ? loaded / total : 0;
      line.draw(`${bar(share)}  ${file}  ${megabytes(loaded)} of ${total > 0 ? megabytes(total) : '?'} MB`, {
        last: total > 0 && loaded >= total,
      });
    },
    onUpgrade({ done, total }) {
      if (!isUpgrading)
        console.error(`An older Akin made this index: the words of ${total} documents are read again.`);
      isUpgrading = true;
      line.draw(`${bar(total ? done / total : 1)}  ${done} of ${total}`, { last: done >= total });
    },
  };
}

function bar(share: number): string {
  const filled = Math.round(Math.min(1, share) * WIDTH);
  return '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
}

/** 75 is `1m 15s`. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m ${Math.round(seconds % 60)}s`;
  return `${Math.floor(minutes / 60)}h ${minutes % 60}m`;
}
