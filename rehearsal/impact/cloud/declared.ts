import * as pulumi from "@pulumi/pulumi";
import { canonicalJson } from "../../../components/genesys/canonicalJson.ts";
import { generatedText } from "../../../components/genesys/generatedFile.ts";
import type { StackFile } from "../../scenario/stackFile.ts";
import { declare } from "../../world/declare.ts";
import type { DeclaredResource } from "../../world/deploy.ts";
import { type CloudChange, type CloudChanges, inOrder } from "./changes.ts";

/** A resource as the program declares it: each property as text, with the contents of files and archives. */
interface Declared {
	readonly type: string;
	readonly name: string;
	readonly properties: ReadonlyMap<string, string>;
}

/** Runs the program under both settings, and compares what it declares. Throws what the program throws. */
export async function compareDeclared(from: StackFile, to: StackFile): Promise<CloudChanges> {
	// One after the other: a program in process has one engine.
	const before = await declaredBy(from);
	const after = await declaredBy(to);
	const removed = [...before].filter(([place]) => !after.has(place)).map(([, declared]) => changeTo("delete", declared));
	const added = [...after].filter(([place]) => !before.has(place)).map(([, declared]) => changeTo("create", declared));
	const changed = [...after].flatMap(([place, now]) => {
		const old = before.get(place);
		const properties = old === undefined ? [] : differing(old, now);
		return properties.length === 0 ? [] : [{ ...changeTo("update", now), properties }];
	});
	return { source: "program", changes: inOrder([...removed, ...added, ...changed]) };
}

const changeTo = (action: CloudChange["action"], { type, name }: Declared): CloudChange => ({ action, type, name, properties: [] });

function differing({ properties: before }: Declared, { properties: after }: Declared): readonly string[] {
	return [...new Set([...before.keys(), ...after.keys()])].filter((name) => before.get(name) !== after.get(name)).toSorted();
}

async function declaredBy(file: StackFile): Promise<ReadonlyMap<string, Declared>> {
	const resources = await declare(file);
	const read = await Promise.all(resources.map(readDeclared));
	return new Map(read.map((declared) => [`${declared.type} ${declared.name}`, declared]));
}

async function readDeclared({ type, name, inputs }: DeclaredResource): Promise<Declared> {
	const properties = await Promise.all(
		Object.entries(inputs).map(async ([property, value]) => [property, canonicalJson(await contentOf(value))] as const),
	);
	return { type, name, properties: new Map(properties) };
}

/** A value without what only Pulumi can read: a file that the program generates is its text, an archive what it holds. */
async function contentOf(value: unknown): Promise<unknown> {
	if (typeof value === "string") return generatedText(value) ?? value;
	if (Array.isArray(value)) return Promise.all(value.map(contentOf));
	if (value instanceof pulumi.asset.StringAsset) return value.text;
	if (value instanceof pulumi.asset.FileAsset) return contentOf(await value.path);
	if (value instanceof pulumi.asset.AssetArchive) return contentOf(await value.assets);
	if (typeof value !== "object" || value === null) return value;
	const entries = await Promise.all(Object.entries(value).map(async ([key, inner]) => [key, await contentOf(inner)] as const));
	return Object.fromEntries(entries);
}
