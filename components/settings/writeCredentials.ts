import { writeFileSync } from "node:fs";
import { credentialPages } from "./credentialPages.ts";

/** The last part of `npm run docs`: writes docs/credentials.md. */
writeFileSync(new URL("../../docs/credentials.md", import.meta.url), credentialPages());
