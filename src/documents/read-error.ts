import { AkinError, errorMessage } from '../errors.js';

/** What a failure to read a file is to a person; what is no failure of the file system comes back as it is. */
export function readError(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (error instanceof AkinError || code === undefined) return error;
  if (code === 'EACCES' || code === 'EPERM') {
    return new AkinError('PERMISSION_DENIED', 'Akin may not read the file. Check its permissions.', {
      cause: error,
    });
  }
  if (code === 'ENOENT')
    return new AkinError('PATH_NOT_FOUND', 'The file is no longer there.', { cause: error });
  return new AkinError('READ_FAILED', `The file can't be read: ${errorMessage(error)}.`, { cause: error });
}
