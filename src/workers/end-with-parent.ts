const CHECK_MS = 1_000;

const parent = process.ppid;

/** Ends the process when the one that started it is gone, also where its main thread hangs. */
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
}, CHECK_MS);
