import type { Akin } from '../akin.js';
import { AkinError } from '../errors.js';
import type { Hit } from '../search/answer.js';
import { openFile } from './open-file.js';
import { harmless, webAddress } from './text.js';

/**
 * Opens the page that a hit is from, or its file; where the machine has no program for it, says where it is.
 * @throws AkinError INVALID_REQUEST where there are not so many hits; PATH_NOT_FOUND where a hit has neither
 */
export async function openHit(akin: Akin, hits: Hit[], number: number): Promise<void> {
  const hit = hits[number - 1];
  if (!hit) {
    throw new AkinError('INVALID_REQUEST', `There is no hit ${number} to open; there are ${hits.length}.`);
  }
  const { id, url } = hit.document;
  const target = webAddress(url) ?? (await akin.locationOf(id));
  if (target === null) {
    throw new AkinError(
      'PATH_NOT_FOUND',
      `"${id}" has no address and came from no file of this machine. akin get ${id} prints it.`,
    );
  }
  const isOpened = await openFile(target);
  console.error(isOpened ? `Opened ${harmless(target)}` : `Open ${harmless(target)}`);
}
