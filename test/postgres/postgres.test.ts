import { describe, expect, it } from 'vitest';
import { AkinError } from '../../src/errors.js';
import { attempt, CommitUnknown, isTransient, pauseAfter } from '../../src/postgres/attempts.js';
import { committed } from '../../src/postgres/committed.js';
import { copyText } from '../../src/postgres/copy-text.js';
import { databaseUrlProblem, readDatabaseUrl, withoutPassword } from '../../src/postgres/database-url.js';
import { explainLostConnection, explainPostgresError, sqlState } from '../../src/postgres/failures.js';
import { storableParameters } from '../../src/postgres/storable.js';

const refusal = (code: string, message = 'its words') => Object.assign(new Error(message), { code });

describe('readDatabaseUrl', () => {
  it('takes the schema out of what the driver gets, and leaves the rest', () => {
    expect(
      readDatabaseUrl('postgres://me:p%40ss@db.example:5433/news?schema=akin_2&sslmode=require'),
    ).toEqual({
      connectionString: 'postgres://me:p%40ss@db.example:5433/news?sslmode=require',
      schema: 'akin_2',
      place: 'db.example:5433/news',
    });
    expect(readDatabaseUrl('postgresql://db/news')).toMatchObject({ schema: 'akin', place: 'db:5432/news' });
    expect(readDatabaseUrl('postgres:///news?host=/run/postgresql')).toMatchObject({
      place: '/run/postgresql:5432/news',
    });
  });

  it.each([
    'mysql://db/news',
    'db.example/news',
    'postgres://me:secret@db/news?schema=Akin',
    'postgres://me:secret@db/news?schema=pg_akin',
    'postgres://me:secret@db/news?schema=a"b',
    `postgres://me:secret@db/news?schema=${'a'.repeat(51)}`,
    'postgres://me:secret@[db/news',
  ])('refuses %s without repeating it', (url) => {
    expect(databaseUrlProblem(url)).not.toContain('secret');
    expect(() => readDatabaseUrl(url)).toThrow(expect.objectContaining({ code: 'INVALID_SETTING' }));
  });

  it('shows a URL without its password', () => {
    expect(withoutPassword('postgres://me:secret@db/news?schema=x')).toBe(
      'postgres://me:***@db/news?schema=x',
    );
    expect(withoutPassword('postgres://me@db/news?password=secret')).toBe(
      'postgres://me@db/news?password=***',
    );
    expect(withoutPassword('postgres://me@db/news')).toBe('postgres://me@db/news');
    expect(withoutPassword('secret')).not.toContain('secret');
  });
});

describe('explainPostgresError', () => {
  it.each([
    ['ECONNREFUSED', 'DATABASE_UNREACHABLE'],
    ['ENOTFOUND', 'DATABASE_UNREACHABLE'],
    ['57P01', 'DATABASE_UNREACHABLE'],
    ['08006', 'DATABASE_UNREACHABLE'],
    ['53300', 'DATABASE_UNREACHABLE'],
    ['25006', 'DATABASE_UNREACHABLE'],
    ['28P01', 'DATABASE_REFUSED'],
    ['3D000', 'DATABASE_REFUSED'],
    ['42501', 'DATABASE_REFUSED'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'DATABASE_REFUSED'],
    ['53100', 'DISK_FULL'],
    ['53200', 'BUSY'],
    ['57014', 'BUSY'],
    ['40001', 'BUSY'],
    ['XX001', 'INDEX_DAMAGED'],
  ])('%s is %s', (code, expected) => {
    const cause = refusal(code);
    expect(explainPostgresError(cause, 'db:5432/news')).toMatchObject({ code: expected, cause });
  });

  it('leaves what is wrong in Akin itself as it is', () => {
    for (const error of [refusal('42601'), refusal('ERR_INVALID_ARG_TYPE'), refusal('23505'), new Error('?')])
      expect(explainPostgresError(error, 'db')).toBe(error);
  });

  it('takes a failure without a code for a lost connection only where one was lost', () => {
    expect(explainLostConnection(new Error('gone.'), 'db:1/n')).toMatchObject({
      code: 'DATABASE_UNREACHABLE',
      message: expect.stringContaining("db:1/n can't be reached now: gone. "),
    });
    expect(explainLostConnection(refusal('28000'), 'db')).toMatchObject({ code: 'DATABASE_REFUSED' });
  });

  it('names the first of several addresses that refused', () => {
    const error = Object.assign(new AggregateError([new Error('connect ECONNREFUSED ::1:5432')], ''), {
      code: 'ECONNREFUSED',
    });
    expect(explainPostgresError(error, 'db')).toMatchObject({
      message: expect.stringContaining('connect ECONNREFUSED ::1:5432'),
    });
  });

  it("gives the server's code for its own error and for Akin's that came of it", () => {
    expect(sqlState(refusal('23505'))).toBe('23505');
    expect(sqlState(explainPostgresError(refusal('40P01'), 'db'))).toBe('40P01');
    expect(sqlState(refusal('EPIPE'))).toBeNull();
    expect(sqlState(null)).toBeNull();
  });
});

describe('attempt', () => {
  const conflict = explainPostgresError(refusal('40001'), 'db');

  it('does work again after conflicts and lost connections, until it has done it so many times', async () => {
    let times = 0;
    const work = async (failures: unknown[]) => {
      times = 0;
      return attempt(3, async () => {
        const failure = failures[times++];
        if (failure) throw failure;
        return 'done';
      });
    };
    const lost = explainLostConnection(new Error('gone'), 'db');
    expect(await work([conflict, lost])).toBe('done');
    expect(times).toBe(3);
    await expect(work([conflict, conflict, conflict])).rejects.toBe(conflict);
    expect(times).toBe(3);
    const wrong = refusal('23505');
    await expect(work([wrong])).rejects.toBe(wrong);
    expect(times).toBe(1);
  });

  it('does nothing again whose outcome is not known, and nothing that took too long', () => {
    expect(isTransient(conflict)).toBe(true);
    expect(isTransient(new CommitUnknown('db', null))).toBe(false);
    expect(isTransient(explainPostgresError(refusal('57014'), 'db'))).toBe(false);
    expect(isTransient(new AkinError('BUSY', ''))).toBe(false);
  });

  it('pauses longer after each', () => {
    expect([1, 2, 3].map((tried) => pauseAfter(tried, 0))).toEqual([50, 150, 450]);
    expect(pauseAfter(1, 1)).toBe(100);
    expect(pauseAfter(20, 0)).toBe(10_000);
  });
});

describe('committed', () => {
  const lost = explainLostConnection(new Error('gone'), 'db');
  const answering = (...answers: unknown[]) => ({
    place: 'db',
    asked: 0,
    async query<Row extends object>(): Promise<Row[]> {
      const answer = answers[this.asked++];
      if (answer instanceof Error) throw answer;
      return [{ status: answer }] as Row[];
    },
  });

  it.each([
    ['has ended well', ['in progress', lost, 'committed'], true],
    ['was ended', ['aborted'], false],
    ['is none that this server had', [refusal('22023')], false],
  ])('asks the server until it knows: the transaction %s', async (_, answers, expected) => {
    const database = answering(...answers);
    expect(await committed(database, '7', lost)).toBe(expected);
    expect(database.asked).toBe(answers.length);
  });

  it('says that it does not know where the server can not be asked', async () => {
    const asking = committed(answering(lost, 'in progress'), '7', lost, 2);
    await expect(asking).rejects.toBeInstanceOf(CommitUnknown);
  });

  it("takes the server's word where it refused the end of a transaction", async () => {
    const database = answering();
    expect(await committed(database, '7', explainPostgresError(refusal('40001'), 'db'))).toBe(false);
    expect(database.asked).toBe(0);
  });
});

describe('copyText', () => {
  it('escapes what COPY gives a meaning', () => {
    const rows = [
      ['a\tb\nc\\d', null, 1.5],
      ['\\N', '', -3],
      ['a\0b\r\v\f\b', 'ü', 0],
    ];
    expect([...copyText(rows)].join('')).toBe(
      'a\\tb\\nc\\\\d\t\\N\t1.5\n\\\\N\t\t-3\na\uFFFDb\\r\\v\\f\\b\tü\t0\n',
    );
  });

  it('sends rows in pieces, and none of none', () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => [`a row that is about forty letters long: ${i}`]);
    const pieces = [...copyText(rows)];
    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces.join('').split('\n')).toHaveLength(10_001);
    expect([...copyText([])]).toEqual([]);
  });
});

describe('storableParameters', () => {
  it('puts a sign in the place of U+0000, also within lists, and leaves all else', () => {
    const bytes = Buffer.of(0);
    expect(storableParameters(['a\0', ['b\0', ['c\0']], 1, null, bytes, 'd'])).toEqual([
      'a\uFFFD',
      ['b\uFFFD', ['c\uFFFD']],
      1,
      null,
      bytes,
      'd',
    ]);
  });
});
