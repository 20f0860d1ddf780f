import { findProgram } from "../gate/programs.ts";

const names = ["chromium", "chromium-browser", "google-chrome"];

/** What to say where there is none: how to get it. */
export const noChromium = `no Chromium on the PATH (${names.join(", ")}); on Debian "apt-get install chromium" installs it`;

/** The first Chromium on a search path, such as `PATH`; undefined where there is none. */
export const findChromium = (searchPath: string): string | undefined => findProgram(names, searchPath);
