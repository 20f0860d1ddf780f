import type { Content } from "../expressions/values.ts";
import type { Sequence } from "../model.ts";
import { FlowFailure } from "./failure.ts";

/** How a list of actions ended: at its end (the next sibling follows), or by an action that closes the path. */
export type End =
	| { readonly kind: "next" | "loopNext" | "loopExit" | "endState" }
	| { readonly kind: "endTask"; readonly outputPath: string | undefined }
	| { readonly kind: "changeState"; readonly target: string }
	| { readonly kind: "endWorkflow"; readonly exitReason: Content | undefined };

export const next: End = { kind: "next" };

/** Every path must end in an action that closes it; whether the platform only warns is not documented, so the run ends here. */
export function unclosed({ name, place }: Sequence): FlowFailure {
	return new FlowFailure(
		`Expected "${name}" to end with an action that closes it (endWorkflow, changeState, endTask), got its end.`,
		name,
		place?.line,
	);
}
