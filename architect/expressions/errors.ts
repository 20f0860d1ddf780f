export const problemKinds = [
	"syntax",
	"too-long",
	"too-deep",
	"unknown-function",
	"unknown-variable",
	"wrong-arity",
	"wrong-type",
	"not-set",
	"out-of-range",
	"bad-cast",
	"division-by-zero",
] as const;
/** What can be wrong with an expression or its run: a closed set. */
export type ProblemKind = (typeof problemKinds)[number];

/** One thing that is wrong with an expression. */
export interface Problem {
	readonly kind: ProblemKind;
	/** Expected, got, allowed. */
	readonly message: string;
	/** The character in the expression, counting from 1. */
	readonly position: number;
}

/** The one error that parsing and running an expression throw; in a flow it is a flow error. */
export class ExpressionError extends Error implements Problem {
	readonly kind: ProblemKind;
	readonly position: number;
	constructor(kind: ProblemKind, message: string, position: number) {
		super(message);
		this.name = "ExpressionError";
		this.kind = kind;
		this.position = position;
	}
}
