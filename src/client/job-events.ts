import type { Job } from '../storage/job-store.js';

/** The jobs that a stream of server-sent events tells of. */
export async function* jobEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<Job, void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const events = (rest + decoder.decode(value, { stream: true })).split('\n\n');
      rest = events.pop() ?? '';
      for (const event of events) {
        const data = event.split('\n').flatMap((line) => /^data: ?(.*)$/.exec(line)?.[1] ?? []);
        if (data.length > 0) yield (JSON.parse(data.join('\n')) as { job: Job }).job;
      }
    }
  } finally {
    await reader.cancel();
  }
}
