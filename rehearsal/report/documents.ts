import { readFileSync } from "node:fs";
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod";
import { type IncidentItem, incidentItem } from "./ledger/item.ts";
import { type Report, rehearsalReport } from "./report.ts";

/** A file that holds no report and no incident; its message is one that a person can act on. */
export class DocumentsError extends Error {}

/** What was found in files. */
export interface Documents {
	readonly reports: readonly Report[];
	readonly items: readonly IncidentItem[];
}

/** Reads files of rehearsals and of the ledger's items, as `documentsIn` understands them. Throws DocumentsError. */
export function readDocuments(paths: readonly string[]): Documents {
	const all = paths.map((path) => {
		try {
			return documentsIn(readFileSync(path, "utf8"), path);
		} catch (error) {
			if (error instanceof DocumentsError) throw error;
			throw new DocumentsError(`Expected a file that can be read, got ${path}: ${error instanceof Error ? error.message : String(error)}`);
		}
	});
	return { reports: all.flatMap(({ reports }) => reports), items: all.flatMap(({ items }) => items) };
}

/**
 * What a text holds: the JSON of a rehearsal, an incident's item, a list of either, or one of them a line; items also as `aws dynamodb get-item`,
 * `query`, `scan` and an export print them. Items of the ledger that are no incidents are passed over. Throws DocumentsError.
 */
export function documentsIn(text: string, name: string): Documents {
	const all = parsed(text, name).flatMap(unwrapped);
	const reports = all.filter((each) => "events" in each && "expectations" in each);
	const items = all.filter((each) => !reports.includes(each) && isIncident(each));
	if (reports.length + items.length === 0)
		throw new DocumentsError(`Expected rehearsals (npm run rehearse -- --json) or incidents of the ledger, got neither in ${name}`);
	return {
		reports: reports.map((each) => checked(rehearsalReport, each, `${name}: a rehearsal`)),
		items: itemsOf(items, name),
	};
}

/** What a report needs of incidents, wherever they come from. Throws DocumentsError. */
export const itemsOf = (values: readonly unknown[], name: string): readonly IncidentItem[] =>
	values.map((each) => checked(incidentItem, each, `${name}: an incident`));

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);

function parsed(text: string, name: string): readonly unknown[] {
	try {
		return [JSON.parse(text)];
	} catch {
		const lines = text.split("\n").filter((line) => line.trim() !== "");
		return lines.map((line, index) => {
			try {
				return JSON.parse(line);
			} catch {
				throw new DocumentsError(`Expected JSON, or one JSON document a line, got something else in ${name}, line ${index + 1}`);
			}
		});
	}
}

/** Takes off what lists, commands and the ledger itself put around. */
function unwrapped(value: unknown): readonly Json[] {
	if (Array.isArray(value)) return value.flatMap(unwrapped);
	if (!isObject(value)) return [];
	if (Array.isArray(value.Items)) return unwrapped(value.Items);
	if (isObject(value.Item)) return unwrapped(value.Item);
	if (isTyped(value.pk)) return unwrapped(unmarshall(value as Record<string, AttributeValue>));
	if (typeof value.pk === "string") return value.pk.startsWith("inc:") ? unwrapped(value.value) : [];
	return [value];
}

/** DynamoDB's own way to write a text. */
const isTyped = (value: unknown): boolean => isObject(value) && typeof value.S === "string";

const isIncident = ({ key }: Json): boolean => typeof key === "string" && key.startsWith("inc:");

function checked<Schema extends z.ZodType>(schema: Schema, value: unknown, what: string): z.output<Schema> {
	const result = schema.safeParse(value);
	if (result.success) return result.data;
	throw new DocumentsError(`${what} is not as it was expected:\n${z.prettifyError(result.error)}`);
}
