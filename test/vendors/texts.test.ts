import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { summarize } from "../../functions/pipeline/normalize/rules.ts";
import { pageTexts } from "../../functions/pipeline/page/texts.ts";
import { nameOf } from "../../functions/pipeline/page/words.ts";
import { isAction } from "../../vendors/actions.ts";
import { type ChannelKind, channelKinds, vendorOf } from "../../vendors/kinds.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import { incident, page, reading, seconds, settings } from "../functions/pipeline/fixtures.ts";
import { executors, orderOf, placeOf, type Saying, type Seen } from "./executors.ts";
import { hostileName } from "./hostileNames.ts";

/** What a page of a trunk with this name says. */
function sayingOf(name: string): Saying {
	const entityName = name.toWellFormed();
	const summary = summarize(reading({ entity: { id: "base-1", name: entityName } }));
	const children = [{ key: "k", condition: "queue-overflow", name, since: seconds(60) }] as const;
	const failing = incident({ entityName, summary, children, environment: "dev" });
	return { ...pageTexts({ settings, incident: failing, page: page(), now: seconds(300) }), source: nameOf(failing) };
}

/** The last thing that was sent to a vendor by one of the executors, without what is a secret of the place. */
function sent(requests: readonly Seen[]): unknown {
	const said = JSON.stringify(requests.at(-1), (name, value) =>
		name === "routing_key" || name === "authorization" ? typeof value : value,
	);
	return JSON.parse(said ?? "null");
}

function textsIn(value: unknown): readonly string[] {
	if (typeof value === "string") return [value];
	return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** The texts of a page that this vendor's message holds. */
function wanted(kind: ChannelKind, { title, summary, body, shortText, spoken, source }: Saying): readonly string[] {
	const { escapes = [], calls }: Vendor = vendorOf(kind);
	const said = (text: string): string => escapes.reduce((escaped, [sign, instead]) => escaped.replaceAll(sign, instead), text);
	const texts = { title: said(title), summary: said(summary), body: said(body), text: said(shortText), spoken, entityName: source };
	const sources = Object.values(calls.send.inputs);
	return Object.entries(texts).flatMap(([name, text]) => (sources.some((each) => each === `page.${name}`) ? [text] : []));
}

describe.each(channelKinds.filter(isAction))("what a vendor of kind %s receives", (kind) => {
	it("is what the functions send, whatever the name is, and nothing of it is lost on the way", async () => {
		await fc.assert(
			fc.asyncProperty(hostileName, async (name) => {
				const saying = sayingOf(name);
				const [one, other] = [placeOf(kind), placeOf(kind)];
				const [byWorkflow, byFunctions] = [executors(one), executors(other)];
				await byWorkflow.workflow.send("high", saying);
				await byFunctions.pager.send(orderOf(other.channel, "high", undefined, saying));
				const received = byWorkflow.asked();
				expect(sent(received)).toEqual(sent(byFunctions.asked()));
				const texts = textsIn(received.at(-1)?.body);
				for (const text of wanted(kind, saying)) expect(texts.some((each) => each.includes(text))).toBe(true);
			}),
			{ numRuns: 60, seed: 20261128 },
		);
	});
});
