/** The text of a compiled export: base64 of URL-encoded JSON. */
export const encoded = (document: unknown): string => Buffer.from(encodeURIComponent(JSON.stringify(document))).toString("base64");

/** An expression as Architect compiles it: `kind` is the root of its tree. */
const node = (kind: string, type: string, text: string, mode = 0, more: object = {}) => ({
	config: { [kind]: { pos: 1, text, type, ...more } },
	text,
	type,
	uiMetaData: { mode },
	version: 2,
});

export const lit = (type: string, text: string, id?: string) => node("lit", type, text, 1, id === undefined ? {} : { val: id });
export const exp = (type: string, text: string) => node("call", type, text);
export const ref = (type: string, name: string) => node("ref", type, name, 2);
export const none = (type: string) => node("emp", type, "", 3);

/** One action, with the number that Architect shows for it. */
export const action = (type: string, id: string, trackingId: number, more: object = {}) => ({
	__type: type,
	id,
	trackingId,
	name: `${type} ${trackingId}`,
	...more,
});
export const path = (outputId: string, nextActionId?: string, label = outputId) => ({
	outputId,
	label,
	...(nextActionId === undefined ? {} : { nextActionId }),
});
export const variable = (type: string, name: string, initialValue: unknown, more: object = {}) => ({
	__type: `${type}Variable`,
	id: `id of ${name}`,
	name,
	initialValue,
	isCollection: false,
	isInput: false,
	isOutput: true,
	isInternal: false,
	...more,
});
export const sequence = (
	type: string,
	id: string,
	trackingId: number,
	startAction: string,
	actionList: readonly object[],
	variables: readonly object[] = [],
) => ({
	__type: type,
	id,
	trackingId,
	name: `${type} ${id}`,
	startAction,
	actionList,
	variables,
});
export const workflow = (sequences: readonly object[], variables: readonly object[] = [], more: object = {}) => ({
	type: "workflow",
	name: "Parcels",
	defaultLanguage: "en-US",
	initialSequence: "s1",
	errorHandling: { handlingType: "EndWorkflow" },
	flowSequenceItemList: sequences,
	variables,
	...more,
});
