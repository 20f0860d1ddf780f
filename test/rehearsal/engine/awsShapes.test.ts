import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { shapeOf, shapes } from "../../../rehearsal/provider/aws/shapes/index.ts";
import { propertiesOf } from "../../sdks/readInterface.ts";

const { resolve } = createRequire(import.meta.url);

/** What the typings of `@pulumi/aws` say of a type's arguments. */
function typingsOf(type: string) {
	const [, module = "", className = ""] = /^aws:([a-zA-Z0-9/]+):(\w+)$/.exec(type) ?? [];
	return propertiesOf(readFileSync(resolve(`@pulumi/aws/${module}.d.ts`), "utf8"), `${className}Args`);
}

test.each(Object.keys(shapes))("%s: each input is one of the typings, and what they require is required", (type) => {
	const typings = typingsOf(type);
	const { inputs, replacing, nameKey, writeOnly = [], computed } = shapeOf(type);
	const known = Object.keys(inputs.shape);
	expect(known.filter((key) => !typings.some(({ name }) => name === key))).toEqual([]);
	const demanded = known.filter((key) => !inputs.shape[key]?.safeParse(undefined).success);
	const required = typings.filter((each) => each.required).map(({ name }) => name);
	expect(required.filter((key) => !demanded.includes(key))).toEqual([]);
	// Of a secret's version the typings leave open which of its values is given: the program gives one.
	const beyond = type.endsWith(":SecretVersion") ? ["secretStringWo", "secretStringWoVersion"] : [];
	expect(demanded.filter((key) => !required.includes(key))).toEqual(beyond);
	for (const key of [...replacing, ...writeOnly, ...(nameKey === undefined ? [] : [nameKey])]) expect(known).toContain(key);
	expect(computed.filter((key) => known.includes(key) && key !== "arn")).toEqual([]);
});
