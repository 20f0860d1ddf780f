import { expect, test } from "vitest";
import { play } from "../../../rehearsal/play.ts";
import { readScenario } from "../../../rehearsal/scenario/read.ts";
import { readStackFile } from "../../../rehearsal/scenario/stackFile.ts";

/** What a scenario tells, each event with the kind of event that brought it about. */
async function chainsOf(name: string): Promise<readonly string[]> {
	const { report } = await play({ scenario: readScenario(name), file: readStackFile("dev"), seed: 1 });
	return report.events.map(({ who, what, because }) => {
		const cause = report.events.find(({ id }) => id === because);
		return `${who} ${what} ← ${cause === undefined ? "nothing" : `${cause.who} ${cause.what}`}`;
	});
}

const about = /^\w+ (remediated|remediation-verified|approved|rolled-back|taken-over|page-sent|workflow-ended|lease-released) /;

test.each([
	{
		name: "remedy-auto-helps",
		chains: [
			"workflow remediated ← workflow credentials-checked",
			"workflow remediation-verified ← workflow remediated",
			"ledger lease-released ← workflow remediation-verified",
			"workflow workflow-ended ← workflow remediation-verified",
		],
	},
	{
		name: "remedy-auto-fails",
		chains: [
			"workflow remediated ← workflow credentials-checked",
			"workflow rolled-back ← workflow remediated",
			"workflow page-sent ← workflow rolled-back",
			"ledger lease-released ← overseer acknowledged",
			"workflow workflow-ended ← overseer acknowledged",
		],
	},
	{
		name: "remedy-approved",
		chains: [
			"workflow page-sent ← workflow credentials-checked",
			"normalizer remediated ← workflow page-proven",
			"person approved ← workflow page-proven",
			"person approved ← workflow page-proven",
			"overseer remediation-verified ← normalizer remediated",
			"ledger lease-released ← poller recovered",
			"workflow workflow-ended ← poller recovered",
		],
	},
	{
		name: "remedy-by-the-overseer",
		chains: [
			"dispatcher lease-released ← dispatcher error",
			"dispatcher lease-released ← dispatcher error",
			"overseer taken-over ← poller queued",
			"overseer remediated ← overseer taken-over",
			"overseer remediation-verified ← overseer remediated",
		],
	},
	{
		name: "remedy-relapses",
		chains: [
			"workflow remediated ← workflow credentials-checked",
			"workflow remediation-verified ← workflow remediated",
			"ledger lease-released ← workflow remediation-verified",
			"workflow workflow-ended ← workflow remediation-verified",
			"overseer rolled-back ← workflow remediation-verified",
			"overseer taken-over ← overseer rolled-back",
			"overseer page-sent ← overseer taken-over",
		],
	},
])("$name: a remedy's events are caused by the remedy's own story", async ({ name, chains }) => {
	expect((await chainsOf(name)).filter((chain) => about.test(chain))).toEqual(chains);
});
