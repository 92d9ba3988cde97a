/**
 * Loads a module of dist/, as src/ has it: what starts processes finds their scripts only where they are built.
 * @param path under dist/
 */
export async function builtModule<Module>(path: string): Promise<Module> {
  return (await import(new URL(`../../dist/${path}`, import.meta.url).href)) as Module;
}
