import { writeFileSync } from "node:fs";
import { settingsReference } from "./reference.ts";

/** The second half of `npm run docs`: writes docs/reference.md. */
writeFileSync(new URL("../../docs/reference.md", import.meta.url), settingsReference());
