import { EdgeError } from "../../../functions/pipeline/ports.ts";
import { type ChannelKind, vendorOf } from "../../../vendors/kinds.ts";
import { type Machine, placeIn, playAt } from "./realVendor.ts";

/** What became of a vendor's contract. */
export type Verdict = "held" | "failed" | "skipped";

/** Plays the contract at every one of these vendors that the environment names, one after the other, and says each step as it holds. */
export async function runContracts(
	kinds: readonly ChannelKind[],
	machine: Machine,
	say: (line: string) => void,
): Promise<readonly Verdict[]> {
	const verdicts: Verdict[] = [];
	for (const kind of kinds) verdicts.push(await runContract(kind, machine, say));
	const count = (wanted: Verdict): number => verdicts.filter((verdict) => verdict === wanted).length;
	say(`${count("held")} held, ${count("failed")} failed, ${count("skipped")} skipped`);
	return verdicts;
}

async function runContract(kind: ChannelKind, machine: Machine, say: (line: string) => void): Promise<Verdict> {
	const { system } = vendorOf(kind);
	const place = placeIn(machine.env, kind);
	if ("wrong" in place) {
		for (const problem of place.wrong) say(`${kind}: ${problem}`);
		if (place.missing.length > 0) say(`${kind}: skipped: ${system} needs ${place.missing.join(", ")}`);
		return place.wrong.length > 0 ? "failed" : "skipped";
	}
	say(`${kind}: ${system} gets a page that says that it is a test …`);
	try {
		await playAt(place, machine, (step, why) => say(`${kind}: ${step}${why === undefined ? "" : `: does not apply, ${why}`}`));
		return "held";
	} catch (error) {
		if (!(error instanceof Error)) throw error;
		say(`${kind}: FAILED: ${error.message}${error instanceof EdgeError ? ` (${error.reason})` : ""}`);
		return "failed";
	}
}
