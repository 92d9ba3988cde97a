import { type Dropped, droppedEntries } from './add/collect-files.js';

let waiting: Dropped = [];

/** What was dropped since this was last asked; taken away by asking. */
export function takeDropped(): Dropped {
  const taken = waiting;
  waiting = [];
  return taken;
}

/** Files may be dropped anywhere on the page. @param dropped told that there are some to take */
export function listenToDrops(dropped: () => void): void {
  const { classList } = document.body;
  let depth = 0;
  const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false;

  function enter(step: 1 | -1, event: DragEvent): void {
    if (!hasFiles(event)) return;
    depth = Math.max(0, depth + step);
    classList.toggle('is-dropping', depth > 0);
  }

  document.addEventListener('dragenter', (event) => enter(1, event));
  document.addEventListener('dragleave', (event) => enter(-1, event));
  document.addEventListener('dragover', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
  });
  document.addEventListener('drop', (event) => {
    depth = 0;
    classList.remove('is-dropping');
    if (!hasFiles(event) || !event.dataTransfer) return;
    event.preventDefault();
    waiting.push(...droppedEntries(event.dataTransfer));
    dropped();
  });
}
