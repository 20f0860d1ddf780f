import { isScalar, type Node, type Scalar } from "yaml";
import type { Trail, Visited } from "./walk.ts";

/** What YAML 1.1 takes for a truth value and YAML 1.2 for a text. */
const bareWord = /^(?:yes|no|on|off)$/i;

/** Keys of the vendor's whose values are texts. */
const textKeys: ReadonlySet<string> = new Set([
	"name",
	"description",
	"division",
	"defaultLanguage",
	"startUpRef",
	"refId",
	"targetStateRef",
	"targetTaskRef",
	"variable",
	"var",
	"exp",
]);

/** The ways to a literal that is a text: an initial value, a statement, a switch, a case of one, the reason of an end. */
const textLiterals: readonly (readonly string[])[] = [
	["lit", "initialValue", "stringVariable"],
	["lit", "value", "string"],
	["lit", "value", "case", "cases", "string"],
	["lit", "exitReason"],
];

/** Whether a text and nothing else can stand there: a key, or a value that the vendor reads as text. */
export function wantsText(at: Visited): boolean {
	if (at.isKey) return true;
	return textKeys.has(at.trail?.key ?? "") || textLiterals.some((way) => leadsAlong(at.trail, way));
}

function leadsAlong(trail: Trail | undefined, way: readonly string[]): boolean {
	let now = trail;
	for (const key of way) {
		if (now?.key !== key) return false;
		now = now.above;
	}
	return true;
}

/** A text without quotes that YAML 1.1 takes for a truth value. */
export function isBareWord(node: Node): node is Scalar<string> {
	return isScalar(node) && node.type === "PLAIN" && typeof node.value === "string" && bareWord.test(node.value);
}

/** The two paths of a decision. */
export function isBranch(node: Scalar<string>, isKey: boolean): boolean {
	return isKey && (node.value === "yes" || node.value === "no");
}
