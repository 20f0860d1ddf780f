/** What a document says that it may not; `path` leads to it. */
export interface DocumentProblem {
	readonly path: string;
	readonly rule: string;
	readonly message: string;
	readonly remedy: string;
}

/** A document in the form of an export. */
export interface ActionForm {
	readonly json: unknown;
	readonly problems: readonly DocumentProblem[];
	/** Where a part of the exported form stands in the document. */
	readonly pathOf: (...steps: readonly string[]) => string;
}
