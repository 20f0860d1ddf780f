/** What the package offers to other programs. */
export { type Archy, asArchy } from "./exports/archy.ts";
export { ExportError } from "./exports/decode.ts";
export { functions } from "./expressions/catalogue.ts";
export type { Entities } from "./expressions/entities.ts";
export { ExpressionError, type Problem } from "./expressions/errors.ts";
export { evaluate } from "./expressions/evaluate.ts";
export { toJson } from "./expressions/exchange.ts";
export type { FlowValue } from "./expressions/values.ts";
export { DocumentError, readEntities, readVariables } from "./expressions/variables.ts";
export { type Change, fixFlow } from "./fix.ts";
export { type Bounds, type DataActionContract, type LintOptions, lintFlow, provenBounds } from "./lint.ts";
export type * from "./model.ts";
export { type ReadOptions, readFlow } from "./read.ts";
export { type RuleId, rules } from "./rules.ts";
export { sarifOf } from "./sarif.ts";
export {
	type Answer,
	type CallResult,
	type Effect,
	FlowRefused,
	InputError,
	type Json,
	type Outcome,
	type Refusal,
	simulate,
	type TraceEntry,
	unanswered,
} from "./simulate.ts";
export { placeholders, substitute } from "./substitute.ts";
export { writeFlow } from "./write.ts";
