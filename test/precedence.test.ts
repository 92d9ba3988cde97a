import { describe, expect, it } from 'vitest';
import { beforeBulkWork, letOthersPass } from '../src/precedence.js';

describe('bulk work', () => {
  it('waits for searches under way', async () => {
    const order: string[] = [];
    let finish: () => void = () => undefined;
    const search = beforeBulkWork(async () => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      order.push('search');
    });
    const bulk = letOthersPass().then(() => order.push('bulk'));
    finish();
    await Promise.all([search, bulk]);
    expect(order).toEqual(['search', 'bulk']);
  });

  it('goes on where a search does not end, and where one fails', async () => {
    let finish: () => void = () => undefined;
    const endless = beforeBulkWork(
      () =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
    );
    await letOthersPass();
    finish();
    await endless;
    const failing = beforeBulkWork(() => Promise.reject(new Error('no')));
    await expect(Promise.all([failing, letOthersPass()])).rejects.toThrow('no');
    await letOthersPass();
  });
});
