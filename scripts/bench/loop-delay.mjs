// Preloaded into a server: tells its parent how long its event loop was held since it was last asked, in milliseconds.
import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 5;

const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();
process.on('message', (message) => {
  if (message !== 'loop-delay') return;
  // A timer that is due every so many milliseconds: what is beyond that is the delay.
  const beyond = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
  process.send?.({ p99: beyond(delay.percentile(99)), max: beyond(delay.max) });
  delay.reset();
});
// Listening to its parent shall not keep it from ending.
process.channel?.unref();
