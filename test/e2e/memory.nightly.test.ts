import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Job } from '../../src/index.js';
import { call, folderForTest, startServer } from './process.js';

const PAGES = 2_000;
const FIRST = 500;
/** The most memory after all pages, against that after the first quarter. */
const GROWTH = 1.15;

/** A page as sites make them: much markup around a short story of its own. */
function page(number: number): string {
  const links = Array.from(
    { length: 120 },
    (_, i) => `<li class="nav-item"><a href="/s/${i}"><span>Section ${i}</span></a></li>`,
  );
  const story = Array.from(
    { length: 4 },
    (_, i) =>
      `<p>On day ${number} the council of ward ${number * 7 + i} heard report ${number * 31 + i * 17} about the weir, and sent it back with ${i + 2} questions.</p>`,
  );
  return `<!doctype html><html lang="en"><head><title>Report ${number} on the weir of ward ${number * 7}</title><script>${'var a = 1;'.repeat(800)}</script></head>
    <body><nav><ul>${links.join('')}</ul></nav><main><article><h1>Report ${number} on the weir of ward ${number * 7}</h1>${story.join('')}</article></main>
    <aside>${links.join('')}</aside><footer>${links.join('')}</footer></body></html>`;
}

/** The most memory that a process and those it started have had so far, in kilobytes; null where the system does not tell. */
function highWaterMark(pid: number): number | null {
  if (!existsSync(`/proc/${pid}/status`)) return null;
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  return [String(pid), ...children.filter((child) => child !== '')]
    .map((each) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${each}/status`, 'utf8'))?.[1]))
    .reduce((sum, each) => sum + each, 0);
}

it('an ingest of 2,000 web pages takes no more memory than one of 500', async () => {
  const [index, corpus] = [folderForTest(), folderForTest()];
  for (let number = 0; number < PAGES; number++) writeFileSync(join(corpus, `${number}.html`), page(number));
  const server = await startServer(index, ['--corpus', corpus]);
  const pid = server.child.pid ?? 0;
  const jobOf = async (): Promise<Job | undefined> =>
    (await call<{ jobs: Job[] }>(server, 'GET', '/v1/jobs')).body.jobs[0];
  const until = async (done: number): Promise<number | null> => {
    for (let job = await jobOf(); (job?.counts.done ?? 0) < done; job = await jobOf()) {
      if (job?.status === 'failed') throw new Error(JSON.stringify(job.errors));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return highWaterMark(pid);
  };
  const first = await until(FIRST);
  const last = await until(PAGES);
  console.log(`high-water mark: ${first} kB after ${FIRST} pages, ${last} kB after ${PAGES}`);
  // Where the system tells no high-water mark, the ingest as such was tried.
  if (first !== null && last !== null) expect(last / first).toBeLessThan(GROWTH);
  expect((await jobOf())?.counts).toMatchObject({ created: PAGES, failed: 0 });
  await server.stop();
});
