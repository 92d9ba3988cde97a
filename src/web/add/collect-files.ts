/** A file to send, with its path from the folder that was given on: `2025/report.pdf`. */
export interface ChosenFile {
  path: string;
  file: File;
}

/** What was dropped: files and folders, as long as the page knows them. */
export type Dropped = FileSystemEntry[];

/** What lies in a drop; has to be asked for while the drop is handled. */
export function droppedEntries({ items }: DataTransfer): Dropped {
  return [...items].flatMap((item) => (item.kind === 'file' ? (item.webkitGetAsEntry() ?? []) : []));
}

/** All files of what was dropped, folders with what lies in them. Hidden ones are left out, as `akin ingest` does it. */
export async function filesOf(entries: Dropped): Promise<ChosenFile[]> {
  const files: ChosenFile[] = [];
  const folders = [...entries];
  for (let entry = folders.shift(); entry; entry = folders.shift()) {
    if (entry.name.startsWith('.')) continue;
    const path = entry.fullPath.replace(/^\//, '');
    if (isFile(entry)) files.push({ path, file: await fileOf(entry) });
    else if (isFolder(entry)) folders.push(...(await childrenOf(entry)));
  }
  return files;
}

/** The files of a picker, of files or of a folder. */
export function pickedFiles(list: FileList): ChosenFile[] {
  return [...list]
    .map((file) => ({ path: file.webkitRelativePath || file.name, file }))
    .filter(({ path }) => path.split('/').every((part) => !part.startsWith('.')));
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** Browsers give at most a hundred at a time, until there are none. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return children;
    children.push(...some);
  }
}
