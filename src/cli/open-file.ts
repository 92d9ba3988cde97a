import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** By which program each system opens an address or a file as a double click would; none of them is a shell. */
const OPENERS: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/**
 * Opens an address or a file in the program that the desktop has for it.
 * @returns whether there is a desktop and such a program
 */
export async function openFile(target: string): Promise<boolean> {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return false;
  const [program = '', ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  const child = spawn(program, [...args, target], { stdio: 'ignore', detached: true });
  try {
    await once(child, 'spawn');
  } catch {
    // Whatever the reason, the caller shows the address instead.
    return false;
  }
  child.unref();
  return true;
}
