import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jobEvents } from '../../src/client/job-events.js';
import type { Job } from '../../src/storage/job-store.js';

it('gives each job, wherever the stream is cut', async () => {
  const jobs = ['one', 'zwei \u{1f6a2}', 'three'].map((id) => ({ id }) as Job);
  const bytes = new TextEncoder().encode(
    jobs.map((job) => `event: job\ndata: ${JSON.stringify({ job })}\n\n`).join(': a comment\n\n'),
  );
  const places = fc.uniqueArray(fc.integer({ min: 1, max: bytes.length - 1 }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(places, async (cuts) => {
      const ends = [...cuts.sort((a, b) => a - b), bytes.length];
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          ends.forEach((end, place) => {
            controller.enqueue(bytes.slice(place === 0 ? 0 : ends[place - 1], end));
          });
          controller.close();
        },
      });
      const found: Job[] = [];
      for await (const job of jobEvents(body)) found.push(job);
      expect(found).toEqual(jobs);
    }),
  );
});
