import { describe, expect, it, onTestFinished } from 'vitest';
import { setting, settingOf } from './setting.js';
import { unsteadyLine } from './unsteady-line.js';
import { useDatabase } from './use-database.js';

const database = useDatabase();
const { connect, plainClient } = database;

describe('a connection that is lost', () => {
  async function throughLine() {
    const line = await unsteadyLine(database.url);
    onTestFinished(() => line.close());
    return { line, connected: await connect({ url: line.url }) };
  }

  it('fails what is under way in words, and the next is answered', async () => {
    const { line, connected } = await throughLine();
    const reading = connected.read(async (session) => {
      await session.query('SELECT 1');
      line.cut();
      await session.query('SELECT 1');
    });
    await expect(reading).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE' });
    await expect(connected.query('SELECT 1')).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE' });
    line.mend();
    expect(await connected.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('has a read done again', async () => {
    const { line, connected } = await throughLine();
    let times = 0;
    const rows = await connected.read(async (session) => {
      if (times++ === 0) {
        line.cut();
        line.mend();
      }
      return session.query('SELECT 1 AS one');
    });
    expect(rows).toEqual([{ one: 1 }]);
    expect(times).toBe(2);
  });

  it('has a write done again of which nothing was stored', async () => {
    const { line, connected } = await throughLine();
    let times = 0;
    const { sql, parameters } = setting('cut', 'x');
    await connected.write(async (session) => {
      await session.run(sql, parameters);
      if (times++ === 0) {
        line.cut();
        line.mend();
      }
    });
    expect(times).toBe(2);
    expect(await settingOf(connected, 'cut')).toBe('x');
  });

  it.each([
    ['lost', 2],
    ['unanswered', 1],
  ] as const)('stores a write once whose COMMIT is %s', async (fate, expected) => {
    const { line, connected } = await throughLine();
    let times = 0;
    const { sql, parameters } = setting(`commit ${fate}`, 'x');
    line.meet('COMMIT', fate);
    const result = await connected.write(async (session) => {
      await session.run(sql, parameters);
      return ++times;
    });
    expect(result).toBe(expected);
    expect(times).toBe(expected);
    expect(await settingOf(connected, `commit ${fate}`)).toBe('x');
  });

  it('is made anew after the server ended it', { tags: ['postgres'] }, async () => {
    const connected = await connect({ connections: 2 });
    const client = await plainClient();
    const [own] = await connected.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await client.query('SELECT pg_terminate_backend($1)', [own?.pid]);
    const [next] = await connected.read((session) =>
      session.query<{ pid: number }>('SELECT pg_backend_pid() AS pid'),
    );
    expect(next?.pid).not.toBe(own?.pid);
    expect(await connected.query('SHOW search_path')).not.toEqual([{ search_path: '"$user", public' }]);
  });
});
