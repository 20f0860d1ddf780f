import * as z from "zod";
import { emulatedKinds, systemsWith, tellingSystems, vendorSystems } from "../vendors/emulators.ts";
import { latencySetting } from "../world/latency.ts";
import { eventVerbs } from "./eventVerbs.ts";
import { must, never } from "./expectations.ts";
import { functionVerbs } from "./functionVerbs.ts";
import { again, at, client, credentialWords, eventFields, host, isOfOne, many, path, span, system, wireSystem } from "./parts.ts";
import { personVerbs } from "./personVerbs.ts";
import { rotationVerbs } from "./rotationVerbs.ts";
import { silenceFields } from "./silence.ts";
import { scenarioTrunk } from "./trunk.ts";

export type { ScenarioTrunk } from "./trunk.ts";

/** The verbs: what a scenario can do to the world. */
export const happens = z.discriminatedUnion("do", [
	z.strictObject({
		...at,
		do: z.literal("trunk-down"),
		trunk: z.string(),
		edges: z.number().int().min(1).optional().describe("How many of its edges lose it; all when absent."),
		...many,
	}),
	z.strictObject({ ...at, do: z.literal("trunk-up"), trunk: z.string(), ...many }),
	z.strictObject({ ...at, do: z.literal("trunk-disabled"), trunk: z.string() }),
	z.strictObject({ ...at, do: z.literal("trunk-deleted"), trunk: z.string() }),
	z.strictObject({
		...at,
		do: z.literal("trunk-degrades"),
		trunk: z.string(),
		proxies: z.number().int().min(1).max(20).default(4).describe("Proxy addresses that are asked by OPTIONS."),
		failing: z.number().int().min(0).max(20).default(0).describe("How many of them do not answer."),
		mismatchesPerMinute: z.number().int().min(0).default(0).describe("QoS mismatches in each minute from now on."),
	}),
	z.strictObject({ ...at, do: z.literal("edge-offline"), edge: z.string() }),
	z.strictObject({ ...at, do: z.literal("edge-online"), edge: z.string() }),
	z.strictObject({
		...at,
		do: z.literal("queue-fills"),
		queue: z.string(),
		waiting: z.number().int().min(1),
		oldestSeconds: z.number().int().min(0).default(0).describe("How long the first of them has waited already."),
		...again,
	}),
	z.strictObject({ ...at, do: z.literal("queue-drains"), queue: z.string(), ...again }),
	...eventVerbs,
	z.strictObject({
		...at,
		do: z.literal("answers"),
		system: z.enum([...systemsWith("answers"), "genesys"]),
		host,
		status: z.number().int().min(400).max(599),
		path: path.describe("Genesys Cloud only: the beginning of the paths that fail; all when absent."),
		for: span,
	}),
	z.strictObject({
		...at,
		do: z.literal("refuses"),
		client: client.describe(
			`Whose secrets are no longer taken: a client's of Genesys Cloud, whose tokens end at once, or a vendor's (${credentialWords.join(", ")}).`,
		),
		for: span,
	}),
	z.strictObject({
		...at,
		do: z.literal("loses"),
		system: z.enum(systemsWith("loses")).describe("Accepts and never delivers."),
		for: span,
	}),
	z.strictObject({
		...at,
		do: z.literal("leaves-at-sent").describe("Texts arrive, and their carrier sends no receipt: they stay at sent."),
		system: z.enum(systemsWith("leaves-at-sent")),
		for: span,
	}),
	z.strictObject({ ...at, do: z.literal("unreachable"), system, host, for: span }),
	z.strictObject({
		...at,
		do: z.literal("hangs").describe("Takes requests and never answers; nothing is done."),
		system: wireSystem,
		host,
		path,
		for: span,
	}),
	z.strictObject({
		...at,
		do: z.literal("slow").describe("Does the work at once and answers late."),
		system: wireSystem,
		host,
		path,
		seconds: z.number().positive().max(3600),
		for: span,
	}),
	z.strictObject({
		...at,
		do: z.literal("drops-answers").describe("Does the work; the answer is lost on a connection that breaks."),
		system: wireSystem,
		host,
		path,
		for: span,
	}),
	z.strictObject({
		...at,
		do: z.literal("answers-html").describe("Answers 200 with a page for people, as a hibernating instance does; nothing is done."),
		system: z.enum(["genesys", ...vendorSystems]),
		host,
		path,
		for: span,
	}),
	z.strictObject({
		...at,
		do: z.literal("in-maintenance").describe("Accepts, and makes no record of it."),
		system: z.enum(systemsWith("in-maintenance")),
		for: span,
	}),
	z.strictObject({
		...at,
		do: z.literal("groups").describe("Accepts, and folds it into another record: there is none of its own."),
		system: z.enum(systemsWith("groups")),
		for: span,
	}),
	z.strictObject({
		...at,
		do: z.literal("ends").describe("Accepts, and what is accepted ends like this."),
		system: z.enum(systemsWith("ends")),
		as: z
			.string()
			.min(1)
			.describe(
				"In the vendor's own words: a call ends busy, no-answer, failed, or at a machine; an e-mail in a bounce, complaint, reject or delay.",
			),
		for: span,
	}),
	z.strictObject({
		...at,
		do: z.literal("says-no").describe("Says no with a 2xx."),
		system: z.enum(systemsWith("says-no")),
		error: z.string().min(1).describe("In the vendor's own words."),
		for: span,
	}),
	z.strictObject({
		...at,
		do: z.literal("throttles").describe("Refuses with 429."),
		system: wireSystem,
		host,
		path,
		retryAfter: z
			.union([z.number().int().min(0).max(86_400), z.literal("http-date")])
			.optional()
			.describe("The header Retry-After: seconds, or the date of HTTP a minute from then; none when absent."),
		for: span,
	}),
	...functionVerbs,
	z.strictObject({
		...at,
		do: z.literal("skews").describe("The clock of a vendor is off."),
		system,
		seconds: z.number().int().min(-86_400).max(86_400).describe("Below zero it is behind."),
		for: span,
	}),
	z.strictObject({ ...at, do: z.literal("ledger-unreachable"), for: span }),
	z.strictObject({
		...at,
		do: z.literal("workflows"),
		how: z.enum(["error", "stall"]).describe("What becomes of running workflows."),
		for: span,
	}),
	...personVerbs,
	...rotationVerbs,
	z.strictObject({
		...at,
		do: z
			.literal("calls")
			.describe("A caller is answered by the flow examples/flows/announced-outage.yaml, which looks up the table of active incidents."),
		queue: z.string().describe("The queue that the flow serves."),
	}),
	z.strictObject({
		...at,
		do: z.literal("remedy-helps"),
		trunk: z.string(),
		after: span.describe("How long after the next remedy is done it brings the trunk up."),
	}),
	z.strictObject({
		...at,
		do: z.literal("approve").describe("Opens the approval link of the newest page and presses its button."),
		channel: z.enum(emulatedKinds).optional().describe("Of which kind its channel is; any when absent."),
		by: z.string().default("the person on call"),
	}),
	z
		.strictObject({
			...at,
			do: z.literal("webhook"),
			...eventFields,
			verdict: z.enum(["breach", "clear"]),
			times: z.number().int().min(1).max(1000).default(1),
			repeats: z.number().int().min(0).max(10).default(0).describe("How often the sender repeats what was not taken, 20 s apart."),
			raw: z.unknown().optional().describe("What the sender gives as the reading as it came."),
			metrics: z.record(z.string(), z.number()).default({}).describe("The numbers that it sends with it."),
		})
		.refine(isOfOne, "expected a trunk or a queue, and not both"),
	z.strictObject({ ...at, do: z.literal("silences").describe("Somebody silences failures by hand."), ...silenceFields }),
	z.strictObject({ ...at, do: z.literal("ends-silence"), silence: silenceFields.silence, by: silenceFields.by }),
	z.strictObject({
		...at,
		do: z.literal("posts").describe("Somebody who may send alerts sends a body of a shape of their own, once."),
		format: z.string().describe("The last part of its path, /webhook/<format>; reading: our own document's."),
		body: z.unknown(),
	}),
]);
export type Happens = z.output<typeof happens>;

export const scenarioFile = z
	.strictObject({
		name: z.string().min(1).max(200),
		why: z.string().min(1).describe("What this scenario shows."),
		lasts: span,
		starts: z.iso
			.datetime({ error: 'an instant in quotes such as "2026-01-05T02:00:00Z"' })
			.transform((text) => Date.parse(text))
			.optional()
			.describe("The instant at which the story begins, by which hours of routes are played; a Monday at 08:00 UTC when absent."),
		latency: latencySetting.optional(),
		trunks: z.array(scenarioTrunk).min(1),
		queues: z
			.array(
				z.strictObject({
					name: z.string().min(1),
					onQueue: z.number().int().min(0).default(0),
					division: z.string().min(1).max(64).exactOptional().describe("Its division; Home when absent."),
				}),
			)
			.default([])
			.describe("Queues beside those that the stack watches, or how many users are on queue in these."),
		webhooks: z
			.array(z.enum(tellingSystems))
			.default([])
			.describe("The vendors that tell by webhooks what happens, signed with secrets that the stack then has."),
		settings: z
			.record(z.string(), z.unknown())
			.optional()
			.describe("Laid over the stack's settings for this rehearsal, key by key; checked like a stack file."),
		happens: z.array(happens),
		must: z.array(must).default([]),
		never: z.array(never).default([]),
		invariants: z
			.boolean()
			.default(false)
			.describe(
				"Whether the invariants of the campaign must hold, too; the story goes on until every incident is closed, at most two hours.",
			),
	})
	.refine(({ must: wanted, invariants }) => invariants || wanted.length > 0, { path: ["must"], error: "expected at least one expectation" })
	.meta({ title: "Scenario", description: "What happens to the offline world, and what must follow." });
export type Scenario = z.output<typeof scenarioFile>;

/** The JSON Schema (draft 2020-12) of a scenario file, which each of them names for the editor. */
export const scenarioJsonSchema = (): Record<string, unknown> => ({ ...z.toJSONSchema(scenarioFile, { io: "input" }) });
