import { describe, expect, it } from "vitest";
import type { Problem } from "../../../components/settings/problems.ts";
import { readSettings } from "../../../components/settings/settings.ts";
import { runtimeSettings } from "../../../functions/schemas/runtimeSettings.ts";
import { changed, prefix, problems, source } from "./givenSettings.ts";

const where = `${prefix}events`;
const taking = (events: unknown) => changed(["events"], events);
const definitions = { "Edge Offline": { condition: "edge-offline", verdict: "breach" } };

describe("events of Genesys Cloud", () => {
	it("are none by default", () => {
		const settings = readSettings(source({}));
		expect(settings.runtime).not.toHaveProperty("events");
		expect(settings).not.toHaveProperty("eventSource");
	});

	it("have defaults, and travel to the functions as they are, without what only the deployment needs", () => {
		const settings = readSettings(source(taking({ topics: { trunks: {}, "trunk-metrics": {}, operations: { definitions } } })));
		expect(settings.eventSource).toBe("runbooks-dev");
		expect(settings.runtime.events).toEqual({
			version: "2",
			topics: {
				trunks: { topic: "v2.telephony.providers.edges.trunks.{id}", opens: "at-once" },
				"trunk-metrics": { topic: "v2.telephony.providers.edges.trunks.{id}.metrics" },
				operations: { topic: "v2.operations.events.{id}", opens: "at-once", definitions },
			},
		});
		expect(runtimeSettings.parse(JSON.parse(JSON.stringify(settings.runtime)))).toEqual(settings.runtime);
	});

	const cases: readonly { readonly name: string; readonly events: unknown; readonly expected: Partial<Problem> }[] = [
		{
			name: "no topic",
			events: { topics: {} },
			expected: { path: `${where}.topics`, expected: "at least one of trunks, trunk-metrics, queue-observations, operations" },
		},
		{
			name: "a topic that there is not",
			events: { topics: { trunk: {} } },
			expected: { path: `${where}.topics.trunk`, expected: expect.stringContaining('"trunks"?') },
		},
		{
			name: "a topic without the place of an id",
			events: { topics: { trunks: { topic: "v2.telephony.trunks" } } },
			expected: { path: `${where}.topics.trunks.topic`, expected: expect.stringContaining("in braces"), got: '"v2.telephony.trunks"' },
		},
		{
			name: "one topic for two meanings",
			events: { topics: { trunks: { topic: "v2.a.{id}" }, "trunk-metrics": { topic: "v2.a.{id}" } } },
			expected: { path: `${where}.topics["trunk-metrics"].topic`, expected: "a topic that no other section here has", got: '"v2.a.{id}"' },
		},
		{
			name: "operational events that mean nothing",
			events: { topics: { operations: { definitions: {} } } },
			expected: { path: `${where}.topics.operations.definitions`, expected: "at least one definition" },
		},
		{
			name: "a meaning that there is not",
			events: { topics: { operations: { definitions: { a: { condition: "edge-gone", verdict: "breach" } } } } },
			expected: { path: `${where}.topics.operations.definitions.a.condition`, expected: expect.stringMatching(/^one of .*edge-offline/) },
		},
		{
			name: "a suffix that no event source can have",
			events: { sourceSuffix: "a b", topics: { trunks: {} } },
			expected: { path: `${where}.sourceSuffix`, expected: "at most 64 of [A-Za-z0-9._-]", got: '"a b"' },
		},
	];

	it.each(cases)("with $name are refused", ({ events, expected }) => {
		expect(problems(taking(events))).toContainEqual(expect.objectContaining(expected));
	});

	it("of a condition that nobody answers are refused: no poll would list its entities", () => {
		const { plain } = taking({ topics: { "trunk-metrics": {}, operations: { definitions } } });
		const runbooks = { "trunk-down": { enabled: true } };
		expect(problems({ plain: { ...plain, runbooks } }).map(({ path }) => path)).toEqual([
			`${where}.topics["trunk-metrics"]`,
			`${where}.topics.operations.definitions["Edge Offline"].condition`,
		]);
	});
});
