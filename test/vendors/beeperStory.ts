// Run by `madeUp.test.ts` in a copy of the repository that has one vendor more. It knows that vendor by what a stack file says only.

import { parse } from "valibot";
import { actionSets, allSets } from "../../components/genesys/responsePlan.ts";
import { flowOf } from "../../components/prepare.ts";
import { checkSettings } from "../../components/settings/settings.ts";
import { warningsOf } from "../../components/settings/warnings.ts";
import { memoryLedger } from "../../functions/edges/memory/ledger.ts";
import { vendorsOf } from "../../functions/edges/vendors/pagers.ts";
import { everyChannel } from "../../functions/pipeline/route/policy.ts";
import { runtimeSettings } from "../../functions/schemas/runtimeSettings.ts";
import { channelKinds, traitsOf } from "../../vendors/kinds.ts";
import { source } from "../components/settings/givenSettings.ts";
import { secretValues, settingsOf } from "../components/stacks.ts";
import { openBudget } from "../functions/edges/vendors/adapterContract.ts";
import { orderOf } from "./executors.ts";

const channels = [{ kind: "beeper", unit: "ops" }];
const dev = settingsOf("dev");
const plain = {
	...dev,
	beeper: { tenant: "acme" },
	policies: { ...Object(dev.policies), telephony: { tiers: [{ name: "only", channels }] } },
};
const missing = checkSettings(source({ plain }));
const checked = checkSettings(source({ plain, secrets: { ...secretValues, "beeper-token": "PLANTED-token" } }));
if ("problems" in checked) throw new Error(JSON.stringify(checked.problems));
const { settings } = checked;
const sets = actionSets(settings);
const flow = flowOf(settings, "telephony", sets);

const runtime = runtimeSettings.parse(JSON.parse(JSON.stringify(settings.runtime)));
const [channel] = everyChannel(runtime);
if (channel === undefined) throw new Error("Expected a channel, got none");
const requests: string[] = [];
const order = orderOf(channel);
const page = { id: "B1", key: order.dedupKey, state: "answered", made: new Date(order.intendedAt).toISOString(), by: "Ada" };
let answer = page;
const fetch: typeof globalThis.fetch = async (input, init) => {
	const request = new Request(input, init);
	requests.push(`${request.method} ${request.url} ${request.headers.get("authorization")} ${await request.text()}`);
	return Response.json({ page: answer });
};
const clock = { now: () => order.intendedAt };
const vendors = vendorsOf(
	{ settings: runtime, fetch, clock },
	(_name, schema) => async () => parse(schema, { token: "PLANTED-token" }),
	openBudget,
	() => memoryLedger(clock),
);
const pager = vendors.pagers(channel);
const sent = await pager.send(order);
const read = await pager.read(order);
await pager.acknowledge?.(order);
const ended = await pager.resolve(order);
await vendors.check("beeper")?.();
const asked = requests.splice(0);
const reads: Record<string, unknown> = {};
for (const [name, change] of Object.entries({
	"of another page": { key: "another" },
	"from before the intent": { made: "2020-01-01T00:00:00Z" },
})) {
	answer = { ...page, ...change };
	reads[name] = await pager.read(order);
}
const actions = allSets(sets).find(({ key }) => key === "beeper");

console.log(
	JSON.stringify({
		kinds: channelKinds,
		traits: traitsOf(channel.kind),
		missing: "problems" in missing ? missing.problems.map(({ remedy }) => remedy) : [],
		warnings: warningsOf(settings.runtime, 0),
		category: actions?.category,
		body: actions?.actions.beep?.request.body,
		isInFlow: ["action_beeper_beep", "action_beeper_look"].map((placeholder) => flow.text.includes(placeholder)),
		sent,
		read,
		reads,
		ended,
		asked,
	}),
);
