import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DrawnMap, Job, Stats } from '../../src/index.js';
import { call, ROOT, temporaryFolder } from '../e2e/process.js';
import { seriousViolations } from '../support/accessibility.js';
import { useApp } from '../support/app.js';
import { openPage, startBrowser } from '../support/browser.js';
import { sidewaysOverflow } from '../support/overflow.js';

/** Where pictures of each view go, where somebody wants to look at them. */
const SCREENSHOTS = process.env.AKIN_SCREENSHOTS;
const HOSTILE = '<img src=x onerror=alert(1)>.txt';
const FERRY = 'The ferry turned back in the storm, since a wave had broken its ramp.';

/** A busy machine is no failure. */
const PATIENT = { timeout: 120_000 };

// One after the other: what one adds the next ones show.
describe('the views beside the search', { tags: ['browser'] }, () => {
  const files = temporaryFolder();
  const server = useApp({ own: {} });
  let browser: Browser;

  beforeAll(async () => {
    browser = await startBrowser();
    writeFileSync(join(files.path, HOSTILE), FERRY);
    writeFileSync(join(files.path, 'empty.txt'), '');
    writeFileSync(join(files.path, '.hidden.txt'), 'Nobody shall find this.');
    mkdirSync(join(files.path, 'within'));
    writeFileSync(join(files.path, 'within', 'pier.md'), '# A new pier\n\nThe pier was built of oak.');
  });
  afterAll(async () => {
    await browser?.close();
    files.remove();
  });

  /** Runs a test on a page of its own, on which nothing may go wrong. */
  const onPage = async (
    path: string,
    use: (page: Page) => Promise<void>,
    // What the browser itself says of a request that is refused, or broken off.
    { key, allowed = 'nothing' }: { key?: string; allowed?: string } = {},
  ): Promise<void> => {
    const viewport = { width: 1280, height: 800 };
    const { page, complaints } = await openPage(browser, { baseURL: server.address, viewport });
    page.setDefaultTimeout(PATIENT.timeout);
    if (key) await page.addInitScript(`sessionStorage.setItem('akin-key', ${JSON.stringify(key)})`);
    await page.goto(path);
    await use(page);
    expect(complaints.filter((one) => !one.includes(allowed))).toEqual([]);
  };

  const inState = (page: Page, state: string) =>
    page.locator(`#view[data-state="${state}"]:visible`).waitFor();

  /** Looks at a view wide and narrow, light and dark; the journey by night asks the rules of each. */
  const look = async (page: Page, name: string): Promise<void> => {
    if (SCREENSHOTS) mkdirSync(SCREENSHOTS, { recursive: true });
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const width of [390, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        const path = SCREENSHOTS && join(SCREENSHOTS, `${name}-${colorScheme}-${width}.png`);
        if (path) await page.screenshot({ path, fullPage: true });
        expect(await sidewaysOverflow(page), name).toEqual([]);
        if (colorScheme === 'dark' && width === 390)
          expect(await seriousViolations(page), `${name} ${colorScheme} ${width}`).toEqual([]);
      }
    }
  };

  /** Drops files and folders of this machine onto the page, as a hand does it. */
  const drop = async (page: Page, paths: string[]): Promise<void> => {
    const session = await page.context().newCDPSession(page);
    const data = { items: [], files: paths, dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await session.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
  };

  const stats = async () => (await call<Stats>(server, 'GET', '/v1/stats')).body;
  const map = async (): Promise<DrawnMap> => {
    for (;;) {
      const { status, body } = await call<DrawnMap>(server, 'GET', '/v1/map');
      if (status === 200) return body;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };

  it('the map of an empty index leads to where documents are added', () =>
    onPage('/?view=map', async (page) => {
      await inState(page, 'empty');
      await page.getByRole('link', { name: 'Add some' }).click();
      await inState(page, 'add');
    }));

  it('files that are dropped anywhere are sent, read and found; what fails is named with its reason', () =>
    onPage('/', async (page) => {
      await page.locator('#results[data-state="start"]').waitFor();
      await drop(page, [
        join(files.path, HOSTILE),
        join(files.path, 'empty.txt'),
        join(files.path, 'within'),
      ]);
      await inState(page, 'add');
      await page.locator('.upload[data-status="done"]').waitFor();
      const panel = page.locator('.upload');
      expect(await panel.locator('[role="status"]').innerText()).toBe('Done: 2 new, 1 failed.');
      expect(await panel.innerText()).toContain('Read 3 of 3 files');
      await panel.locator('summary').click();
      expect(await panel.locator('.failures li').allInnerTexts()).toEqual([
        expect.stringMatching(/^empty\.txt: .*empty/i),
      ]);
      await look(page, 'add');
      const { body } = await call<{ documents: { id: string }[] }>(server, 'GET', '/v1/documents');
      expect(body.documents.map(({ id }) => id).sort()).toEqual([HOSTILE, 'within/pier.md']);

      await page.getByRole('link', { name: 'Search them' }).click();
      await page.locator('#results[data-state="start"]').waitFor();
      await page.getByRole('searchbox').fill('why did the boat come back?');
      await page.locator('li.hit').first().waitFor();
      expect(await page.locator('li.hit').first().getAttribute('data-document')).toBe(HOSTILE);
    }));

  it('a folder that is chosen is brought in whole, also what was not sent at first, and told of when one comes back', () =>
    onPage(
      '/?view=add',
      async (page) => {
        await page.route('**/v1/files', (route) => route.abort(), { times: 1 });
        const chooser = page.waitForEvent('filechooser');
        await page.getByRole('button', { name: 'Choose a folder' }).click();
        await (await chooser).setFiles(join(ROOT, 'corpus/energy'));
        await expect
          .poll(() => page.locator('.upload [role="status"]').innerText(), PATIENT)
          .toBe('Done: 5 failed.');
        await page.getByRole('button', { name: 'Send what failed again' }).click();
        await page.getByRole('link', { name: 'Status' }).click();
        await inState(page, 'status');
        await page.getByRole('link', { name: 'Add', exact: true }).click();
        await page.locator('.upload[data-status="done"]').waitFor();
        expect(await page.locator('.upload [role="status"]').innerText()).toBe('Done: 5 new.');
        expect((await stats()).documents).toBe(7);
      },
      { allowed: 'ERR_FAILED' },
    ));

  it('a text that is pasted is a document at once', () =>
    onPage('/?view=add', async (page) => {
      await page.getByLabel('Title (may be left out)').fill('<b>A note</b>');
      await page.getByLabel('Text', { exact: true }).fill('The ferryman keeps bees behind the lighthouse.');
      await page.getByRole('button', { name: 'Add this text' }).click();
      await page.getByRole('link', { name: '<b>A note</b>' }).click();
      await page.locator('#document[data-state="document"]').waitFor();
      expect(await page.locator('#document h1').innerText()).toBe('<b>A note</b>');
    }));

  it('the map shows every document where the service puts it, and opens it', async () => {
    let drawn = await map();
    while (drawn.isBehind || drawn.documents.id.length < 8) drawn = await map();
    const { documents, sources } = drawn;
    await onPage('/?view=map', async (page) => {
      await inState(page, 'map');
      expect(await page.locator('.map-line').innerText()).toContain('8 documents');
      const canvas = page.locator('.map-canvas');
      const place = documents.id.indexOf(HOSTILE);
      const onScreen = async (): Promise<[x: number, y: number]> => {
        await page.evaluate('scrollTo(0, 0)');
        const box = await canvas.boundingBox();
        if (!box) throw new Error('the map has no place');
        // The camera shows the whole map, with some room around it.
        const scale = (0.92 * Math.min(box.width, box.height)) / 2;
        return [
          box.x + box.width / 2 + (documents.x[place] ?? 0) * scale,
          box.y + box.height / 2 - (documents.y[place] ?? 0) * scale,
        ];
      };
      await page.mouse.move(...(await onScreen()));
      await page.locator('.map-hint:visible').waitFor();
      expect(await page.locator('.map-hint-title').textContent()).toContain('onerror');
      expect(await page.locator('#view img').count()).toBe(0);

      await page.getByRole('button', { name: 'Source' }).click();
      await page.waitForURL(/colour=source/);
      const counts = sources.map((_, source) => documents.source.filter((one) => one === source).length);
      expect((await page.locator('.map-groups .chip-count').allInnerTexts()).map(Number)).toEqual([
        ...counts,
        documents.source.filter((one) => one === -1).length,
      ]);
      await look(page, 'map');
      await page.mouse.click(...(await onScreen()));
      await page.locator('#document[data-state="document"]').waitFor();
      expect(new URL(page.url()).searchParams.get('document')).toBe(HOSTILE);
      await page.getByRole('link', { name: '← Back to the map' }).click();
      await inState(page, 'map');
      expect(page.url()).toContain('colour=source');
    });
  });

  it('the map is moved by wheel, buttons and keys, lists what is in view, and is where it was after a reload', () =>
    onPage('/?view=map', async (page) => {
      await inState(page, 'map');
      const heading = page.locator('.map-in-view h2');
      await expect.poll(() => heading.textContent(), PATIENT).toContain('8 documents');
      const at = () => new URL(page.url()).searchParams.get('at')?.split(',').map(Number) ?? [0, 0, 1];
      await page.getByRole('button', { name: 'Zoom in' }).click();
      await expect.poll(() => at()[2], PATIENT).toBe(1.4);
      await page.locator('.map-canvas').focus();
      await page.keyboard.press('+');
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => at()[2], PATIENT).toBe(1.96);
      expect(at()[0]).toBeGreaterThan(0);
      await page.locator('.map-canvas').hover();
      await page.mouse.wheel(0, -600);
      await expect.poll(() => at()[2], PATIENT).toBeGreaterThan(4);
      await expect.poll(() => heading.textContent(), PATIENT).not.toContain('8 documents');
      const [address, listed] = [page.url(), await page.locator('.map-list .hit-title').allTextContents()];
      await page.reload();
      await inState(page, 'map');
      await expect
        .poll(() => page.locator('.map-list .hit-title').allTextContents(), PATIENT)
        .toEqual(listed);
      expect(page.url()).toBe(address);
      await page.getByRole('button', { name: 'Show the whole map' }).click();
      await expect.poll(() => page.url(), PATIENT).not.toContain('at=');
    }));

  it('the state of the server is told in numbers that are its own, and a job is cancelled there', () =>
    onPage('/?view=status', async (page) => {
      await inState(page, 'status');
      const { documents, passages, model } = await stats();
      const tile = (name: string) =>
        page.locator('.tile', { has: page.getByText(name, { exact: true }) }).locator('.tile-value');
      expect(await tile('Documents').innerText()).toBe(String(documents));
      expect(await tile('Passages').innerText()).toBe(passages.toLocaleString('en-GB'));
      expect(await tile('Model').innerText()).toBe(
        `${model.name}, ${model.dimensions} dimensions, ${model.dtype}`,
      );
      expect(await page.locator('.lead').innerText()).toMatch(/^Akin \d+\.\d+\.\d+, running for \d+ \w+\.$/);
      for (let asked = 0; asked < 5; asked++) await call(server, 'GET', `/v1/search?q=ferry+${asked}`);
      await expect.poll(() => tile('Usual time').innerText(), PATIENT).toMatch(/^[\d.]+ ms$/);
      await expect
        .poll(() => page.locator('.tile:has-text("Usual time") path').getAttribute('d'), PATIENT)
        .toMatch(/^M/);
      expect(await page.locator('.job[data-status="partial"]').innerText()).toContain('1 failed');
      await look(page, 'status');

      const lines = Array.from({ length: 3_000 }, (_, place) => ({
        id: `long-${place}`,
        text: `${FERRY} It was the ${place}th time. `.repeat(30),
      }));
      const body = lines.map((line) => JSON.stringify(line)).join('\n');
      const headers = { 'Content-Type': 'application/x-ndjson' };
      const sent = await fetch(`${server.address}/v1/documents/import`, { method: 'POST', body, headers });
      const { job } = (await sent.json()) as { job: Job };
      const entry = page.locator(`.job[data-job="${job.id}"]`);
      await entry.getByRole('button', { name: 'Cancel' }).click();
      await expect.poll(() => entry.getAttribute('data-status'), PATIENT).toBe('cancelled');
      const { body: now } = await call<{ job: Job }>(server, 'GET', `/v1/jobs/${job.id}`);
      expect(now.job.status).toBe('cancelled');
    }));

  it('a key that may only read is told so, and one with a filter sees its part', async () => {
    const read = await server.makeKey({ scope: 'read' });
    const part = await server.makeKey({ scope: 'read', filter: { source: 'Marenholt Courier' } });
    await onPage(
      '/?view=add',
      async (page) => {
        await page.getByRole('heading', { name: 'A key that may write is needed' }).waitFor();
        await drop(page, [join(files.path, 'empty.txt')]);
        await page.getByRole('heading', { name: 'A key that may write is needed' }).waitFor();
        await look(page, 'add-refused');
      },
      { key: read, allowed: '403' },
    );
    await onPage(
      '/?view=status',
      async (page) => {
        await inState(page, 'status');
        expect(await page.locator('.lead').innerText()).toContain('only a key without a filter');
        expect(await page.getByRole('heading', { name: 'Jobs' }).isVisible()).toBe(false);
        await page.getByRole('link', { name: 'Map' }).click();
        await inState(page, 'map');
        const groups = page.locator('.map-groups .chip-name');
        await page.getByRole('button', { name: 'Source' }).click();
        expect(await groups.allInnerTexts()).toEqual(['Marenholt Courier']);
      },
      { key: part, allowed: '403' },
    );
  });
});
