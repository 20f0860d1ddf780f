import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { tableBegin, tableEnd, withRunbookTable } from "../conditions/table.ts";
import { tell } from "./terminal.ts";

/** The first half of `npm run docs`: writes the table of runbooks into README.md, between its markers. Exit status 1 where there is no place for it. */
const readme = new URL("../README.md", import.meta.url);
const before = existsSync(readme) ? readFileSync(readme, "utf8") : "";
const after = withRunbookTable(before);
if (after === undefined) {
	tell(`README.md: expected ${tableBegin} and ${tableEnd}, got no such place for the table of runbooks`);
	process.exitCode = 1;
} else if (after !== before) writeFileSync(readme, after);
