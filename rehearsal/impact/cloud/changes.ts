/** What becomes of one resource in the cloud. */
export interface CloudChange {
	readonly action: CloudAction;
	/** As Pulumi has it: `aws:sqs/queue:Queue`. */
	readonly type: string;
	readonly name: string;
	/** Which of its properties change; never their values, of which some are secret. */
	readonly properties: readonly string[];
	/** Which of them make a new resource of it. */
	readonly replacedBy?: readonly string[];
}

export const cloudActions = ["delete", "replace", "create", "update"] as const;
export type CloudAction = (typeof cloudActions)[number];

/** All changes of one stack, those that take something away first. */
export interface CloudChanges {
	/** A preview of the engine knows what is deployed; the program only knows what it declares under both settings. */
	readonly source: "preview" | "program";
	readonly changes: readonly CloudChange[];
}

export const inOrder = (changes: readonly CloudChange[]): readonly CloudChange[] =>
	changes.toSorted((one, other) => {
		const rank = cloudActions.indexOf(one.action) - cloudActions.indexOf(other.action);
		return rank || compareText(one.type, other.type) || compareText(one.name, other.name);
	});

/** By code units: the same on every machine. */
const compareText = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1);
