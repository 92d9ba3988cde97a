import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { unsteadyLine } from './unsteady-line.js';
import { PATIENCE, useDatabase } from './use-database.js';

const database = useDatabase();
const { connect } = database;

describe('revision', () => {
  it.each([10, 1])('tells of the writes of other processes, with %i connections', async (connections) => {
    const here = await connect();
    const there = await connect({ connections });
    expect(there.revision).toBe(here.revision);
    const changed = new Promise<void>((resolve) => there.onChange(resolve));
    const before = here.revision;
    await here.write(async () => undefined);
    expect(here.revision).toBe(before + 1);
    await changed;
    expect(there.revision).toBe(here.revision);
  });

  it('tells of them too where no connection can listen', async () => {
    const line = await unsteadyLine(database.url);
    onTestFinished(() => line.close());
    line.meet('LISTEN', 'lost', Number.POSITIVE_INFINITY);
    const here = await connect();
    const there = await connect({ url: line.url });
    expect(there.revision).toBe(here.revision);
    await here.write(async () => undefined);
    await vi.waitFor(() => expect(there.revision).toBe(here.revision), PATIENCE);
  });

  it('stays at updates and at failed writes', async () => {
    const connected = await connect();
    const before = connected.revision;
    await connected.update((session) => session.run('UPDATE totals SET words = words'));
    await connected.write(() => Promise.reject(new Error('on purpose'))).catch(() => undefined);
    expect(connected.revision).toBe(before);
  });

  it('is made up for after the connection was lost', async () => {
    const line = await unsteadyLine(database.url);
    onTestFinished(() => line.close());
    const here = await connect();
    const there = await connect({ url: line.url });
    line.cut();
    await here.write(async () => undefined);
    expect(there.revision).not.toBe(here.revision);
    line.mend();
    await vi.waitFor(() => expect(there.revision).toBe(here.revision), PATIENCE);
    // The news come again, and not only what was missed.
    await here.write(async () => undefined);
    await vi.waitFor(() => expect(there.revision).toBe(here.revision), PATIENCE);
  });
});
