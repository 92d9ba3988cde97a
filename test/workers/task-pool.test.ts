import { describe, expect, it } from 'vitest';
import type { ChannelEvents, OpenChannel } from '../../src/workers/channel.js';
import { TaskPool } from '../../src/workers/task-pool.js';

interface Held {
  id: number;
  task: string;
}

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

  it('rejects each task that no worker can be started for, and closes', async () => {
    const refused = new Error('spawn EAGAIN');
    const pool = new TaskPool<string, string>(1, () => {
      throw refused;
    });
    const results = await Promise.allSettled([pool.run('a'), pool.run('b')]);
    expect(results).toEqual(results.map(() => ({ status: 'rejected', reason: refused })));
    await pool.close();
  });
});
