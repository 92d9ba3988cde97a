import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { AkinError, errorCode } from '../../src/errors.js';
import type { ChannelEvents, OpenChannel } from '../../src/workers/channel.js';
import { TaskPool } from '../../src/workers/task-pool.js';

interface Held {
  id: number;
  task: string;
}

const DIED = new AkinError('PROCESS_DIED', 'The process ended.');

/** Workers that hold what they are given until they are told to do it. */
class Workers {
  readonly held: Held[][] = [];
  readonly #events: ChannelEvents[] = [];

  readonly open: OpenChannel = (events) => {
    const own: Held[] = [];
    this.held.push(own);
    this.#events.push(events);
    return { send: (message) => own.push(message as Held), kill: () => undefined };
  };

  tasks(): string[][] {
    return this.held.map((own) => own.map(({ task }) => task));
  }

  /** Ends a worker, as it tells of itself. */
  end(worker: number, error: Error): void {
    this.#events[worker]?.ended(error);
  }

  /** Lets a worker do the first of its tasks. */
  async finish(worker: number): Promise<void> {
    const done = this.held[worker]?.shift();
    if (done) this.#events[worker]?.reply({ id: done.id, result: done.task });
    await new Promise(setImmediate);
  }
}

describe('TaskPool', () => {
  it('shares tasks evenly and lets each worker hold as many as it may', async () => {
    const workers = new Workers();
    const pool = new TaskPool<string, string>(2, workers.open, { ahead: 2 });
    const results = ['a', 'b', 'c', 'd', 'e', 'f'].map((task) => pool.run(task));
    expect(workers.tasks()).toEqual([
      ['a', 'c'],
      ['b', 'd'],
    ]);
    await workers.finish(1);
    await workers.finish(1);
    expect(workers.tasks()).toEqual([
      ['a', 'c'],
      ['e', 'f'],
    ]);
    for (const worker of [0, 0, 1, 1]) await workers.finish(worker);
    expect(await Promise.all(results)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });

  it('gives a free worker the next task rather than one that holds some', async () => {
    const workers = new Workers();
    const pool = new TaskPool<string, string>(2, workers.open, { ahead: 2 });
    for (const task of ['a', 'b', 'c', 'd']) void pool.run(task);
    await workers.finish(0);
    await workers.finish(0);
    void pool.run('e');
    void pool.run('f');
    expect(workers.tasks()).toEqual([
      ['e', 'f'],
      ['b', 'd'],
    ]);
  });

  it('lets an urgent task overtake those that wait', async () => {
    const workers = new Workers();
    const pool = new TaskPool<string, string>(1, workers.open);
    void pool.run('a');
    void pool.run('b');
    void pool.run('urgent', { urgent: true });
    await workers.finish(0);
    expect(workers.tasks()).toEqual([['urgent']]);
  });

  it('has a spare worker do an urgent task while the others are busy, and no other', async () => {
    const workers = new Workers();
    const pool = new TaskPool<string, string>(1, workers.open, { spare: true });
    void pool.run('a');
    void pool.run('b');
    expect(workers.tasks()).toEqual([['a']]);
    void pool.run('urgent', { urgent: true });
    void pool.run('urgent too', { urgent: true });
    expect(workers.tasks()).toEqual([['a'], ['urgent']]);
    await workers.finish(1);
    await workers.finish(1);
    expect(workers.tasks()).toEqual([['a'], []]);
    await workers.finish(0);
    void pool.run('urgent at last', { urgent: true });
    expect(workers.tasks()).toEqual([['b'], ['urgent at last']]);
  });

  it('rejects each task that no worker can be started for, and closes', async () => {
    const refused = new Error('spawn EAGAIN');
    const pool = new TaskPool<string, string>(1, () => {
      throw refused;
    });
    const results = await Promise.allSettled([pool.run('a'), pool.run('b')]);
    expect(results).toEqual(results.map(() => ({ status: 'rejected', reason: refused })));
    await pool.close();
  });

  it('has a fresh worker do what the one that died had not done', async () => {
    const workers = new Workers();
    const pool = new TaskPool<string, string>(1, workers.open, { ahead: 3 });
    const results = ['a', 'b', 'c'].map((task) => pool.run(task));
    await workers.finish(0);
    workers.end(0, DIED);
    expect(workers.tasks()).toEqual([
      ['b', 'c'],
      ['b', 'c'],
    ]);
    await workers.finish(1);
    await workers.finish(1);
    expect(await Promise.all(results)).toEqual(['a', 'b', 'c']);
  });

  it('gives up only the task that three workers died of', async () => {
    const workers = new Workers();
    const pool = new TaskPool<string, string>(1, workers.open, { ahead: 3 });
    const deadly = pool.run('deadly');
    const other = pool.run('other');
    for (const worker of [0, 1, 2]) workers.end(worker, DIED);
    await expect(deadly).rejects.toBe(DIED);
    expect(workers.tasks()[3]).toEqual(['other']);
    workers.end(3, DIED);
    await workers.finish(4);
    expect(await other).toBe('other');
  });

  it('does not begin again what is known to need too much memory, or builds on earlier tasks', async () => {
    const workers = new Workers();
    const exhausted = new AkinError('OUT_OF_MEMORY', 'It needs too much.');
    const large = new TaskPool<string, string>(1, workers.open).run('large');
    workers.end(0, exhausted);
    await expect(large).rejects.toBe(exhausted);
    const step = new TaskPool<string, string>(1, workers.open, { attempts: 1 }).run('step');
    workers.end(1, DIED);
    await expect(step).rejects.toBe(DIED);
  });

  it('rejects a task that can not be sent, and the time limit of those after it is their own', async () => {
    const workers = new Workers();
    const unsendable = new Error('could not be cloned');
    const pool = new TaskPool<string, string>(
      1,
      (events) => {
        const channel = workers.open(events);
        const send = (message: unknown): void => {
          if ((message as Held).task === 'unsendable') throw unsendable;
          channel.send(message);
        };
        return { ...channel, send };
      },
      { timeoutMs: 1_000 },
    );
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    await expect(pool.run('unsendable')).rejects.toBe(unsendable);
    vi.advanceTimersByTime(900);
    const next = pool.run('next');
    vi.advanceTimersByTime(900);
    vi.useRealTimers();
    await workers.finish(0);
    expect(await next).toBe('next');
  });

  it('gives up only the task that takes too long, and times each from when it is begun', async () => {
    const workers = new Workers();
    const pool = new TaskPool<string, string>(1, workers.open, { ahead: 2, timeoutMs: 1_000 });
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const slow = pool.run('slow').catch(errorCode);
    const next = pool.run('next');
    vi.advanceTimersByTime(1_000);
    expect(workers.tasks()[1]).toEqual(['next']);
    vi.advanceTimersByTime(999);
    vi.useRealTimers();
    await workers.finish(1);
    expect(await slow).toBe('PARSE_TIMEOUT');
    expect(await next).toBe('next');
  });

  it('starts no worker once it is closed', async () => {
    const workers = new Workers();
    const pool = new TaskPool<string, string>(1, workers.open);
    await pool.close();
    expect(await pool.run('late').catch(errorCode)).toBe('CANCELLED');
    expect(workers.held).toEqual([]);
  });
});
