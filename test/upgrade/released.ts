import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";
import { digest } from "../../components/genesys/canonicalJson.ts";
import { replacedBy } from "./replacedBy.ts";

/** One resource as a release declares it. */
const row = z.strictObject({
	type: z.string(),
	name: z.string(),
	/** A digest of all its inputs but archives. */
	inputs: z.string(),
	/** Of each property that replaces it, a digest. */
	fixed: z.record(z.string(), z.string()),
});

const schema = z.strictObject({
	/** Commit, 40 hexadecimal digits, or tag. */
	from: z.string(),
	stacks: z.array(z.strictObject({ stack: z.string(), settings: z.string(), resources: z.array(row) })),
});

export type Row = z.output<typeof row>;
export type Released = z.output<typeof schema>;

const place = new URL("released.golden", import.meta.url);

/** What the last release declares, as `npm run upgrade:record` wrote it down. */
export const readReleased = (): Released => schema.parse(JSON.parse(readFileSync(place, "utf8")));
export const releasedPath = place;

/** A declared resource, written down. Throws for a type of which it is not known what replaces it. */
export function rowOf({
	type,
	name,
	inputs,
}: {
	readonly type: string;
	readonly name: string;
	readonly inputs: Readonly<Record<string, unknown>>;
}): Row {
	const fixing = replacedBy(type, inputs);
	const plain = Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined && !isArchive(value)));
	const properties = fixing.includes("*") ? Object.keys(plain).toSorted() : fixing.filter((property) => property in plain);
	return {
		type,
		name,
		inputs: digest(plain),
		fixed: Object.fromEntries(properties.map((property) => [property, digest(plain[property])])),
	};
}

/** Of other bytes in each build: that is what an upgrade is for. An old release has its own copy of the class. */
const isArchive = (value: unknown): boolean => pulumi.asset.Archive.isInstance(value) || pulumi.asset.Asset.isInstance(value);
