import { isAbsolute, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { Finding } from "../architect/model.ts";
import { counted } from "../architect/names.ts";
import manifest from "../architect/package.json" with { type: "json" };
import { sarifOf } from "../architect/sarif.ts";
import { oneLine } from "./document.ts";
import { differenceText, type FixedFile } from "./fixFiles.ts";

export const formats = ["text", "json", "sarif"] as const;

/** What was found, in how many files; `fixed` where it was asked for. */
export interface LintReport {
	readonly findings: readonly Finding[];
	readonly files: number;
	readonly fixed: readonly FixedFile[] | undefined;
	/** Whether the files were left as they are. */
	readonly dry: boolean;
}

/** The report as it is printed. */
export const reportAs: Readonly<Record<(typeof formats)[number], (report: LintReport) => string>> = {
	text: textOf,
	json: ({ findings, fixed }) => JSON.stringify({ ...(fixed === undefined ? {} : { changes: fixed.flatMap(changesIn) }), findings }),
	sarif: ({ findings }) => JSON.stringify(sarifOf(findings.map(located), { name: manifest.name, version: manifest.version }), undefined, 2),
};

/** Every change with its file. */
function changesIn({ path, changes }: FixedFile): object[] {
	return changes.map((change) => ({ file: path, ...change }));
}

/** By its URI: relative to the working folder, or whole where it lies outside. */
function located(finding: Finding): Finding {
	const path = relative(".", finding.file);
	const outside = isAbsolute(path) || path === ".." || path.startsWith(`..${sep}`);
	const uri = outside ? pathToFileURL(resolve(finding.file)).href : path.split(sep).map(encodeURIComponent).join("/");
	return { ...finding, file: uri };
}

function textOf({ findings, files, fixed = [], dry }: LintReport): string {
	const lines = findings.map(
		({ file, line, column, rule, severity, message, remedy }) =>
			`${oneLine(`${file}:${line}:${column}`)} ${severity} ${rule}: ${oneLine(message)}\n    ${oneLine(remedy)}`,
	);
	const errors = findings.filter(({ severity }) => severity === "error").length;
	const sum = `${counted(errors, "error")}, ${counted(findings.length - errors, "warning")} in ${counted(files, "file")}`;
	return [...fixed.map(differenceText), ...lines, `${sum}${fixedText(fixed, dry)}`].join("\n");
}

function fixedText(fixed: readonly FixedFile[], dry: boolean): string {
	if (fixed.length === 0) return "";
	const count = fixed.reduce((sum, { changes }) => sum + changes.length, 0);
	return `, ${dry ? "would mend " : ""}${counted(count, "place")} ${dry ? "" : "mended "}in ${counted(fixed.length, "file")}`;
}
