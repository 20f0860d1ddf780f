import { evaluate } from "../../architect/expressions/evaluate.ts";
import type { FlowValue } from "../../architect/expressions/values.ts";
import type { Value } from "../../architect/model.ts";
import type { ActionContract } from "../../components/genesys/dataAction.ts";
import { vendorActions } from "../../components/genesys/vendors/vendorActions.ts";
import { vendorChannel } from "../../components/genesys/vendors/vendorChannel.ts";
import { vendorPager } from "../../functions/edges/vendors/pager.ts";
import { dedupKey } from "../../functions/pipeline/model/keys.ts";
import { spokenLine, spokenOpening } from "../../functions/pipeline/page/spoken.ts";
import type { PageTexts } from "../../functions/pipeline/page/texts.ts";
import type { PageOrder, Pager } from "../../functions/pipeline/ports.ts";
import type { Channel } from "../../functions/pipeline/settings.ts";
import { translate } from "../../rehearsal/genesyscloud/translation.ts";
import { inputValues, renderTemplate } from "../../rehearsal/genesyscloud/velocity.ts";
import { routesTo, type VendorAccount } from "../../rehearsal/vendors/emulator.ts";
import { emulatorOf } from "../../rehearsal/vendors/emulators.ts";
import { judgeOf } from "../../rehearsal/vendors/judge.ts";
import { VirtualClock } from "../../rehearsal/world/clock.ts";
import { network, type Route } from "../../rehearsal/world/network.ts";
import type { PlannedChannel } from "../../response/plan.ts";
import { credentialOf, secretKey } from "../../vendors/credentials.ts";
import type { ChannelKind } from "../../vendors/kinds.ts";
import { vendorOf } from "../../vendors/kinds.ts";
import { openBudget } from "../functions/edges/vendors/adapterContract.ts";
import { plantedIdentity } from "../functions/edges/vendors/vendorPagers.ts";

export const start = Date.UTC(2026, 10, 24, 10);
const entityId = "5f2c1a9e-8b7d-4c36-9a10-2e64d0b7f3c8";
const incidentKey = `inc:1:dev:trunk-down:${entityId}`;
const summary = 'Trunk "Münster-1" is down: 100 % of calls & more, #1 $x {y} \\ end';

/** One vendor's emulator with an account, and a channel of it. */
export interface Place {
	readonly channel: Channel;
	readonly account: Readonly<Record<string, string>>;
	readonly credential: Readonly<Record<string, string>>;
	readonly routes: readonly Route[];
	readonly clock: VirtualClock;
	/** What was wrong, by the vendor's own document, with what was asked since the last time. */
	readonly wrong: () => readonly string[];
}

/** The account of a place as a stack has it: what the emulator's demo does not say is as it usually is. */
export function wholeAccount({ channel, account }: Place): Readonly<Record<string, string>> {
	const usually = Object.entries(vendorOf(channel.kind).account.settings).map(([name, field]) => [name, field.usual ?? ""] as const);
	return { ...Object.fromEntries(usually), ...account };
}

/** The first channel of what a vendor's emulator serves to look around. */
export function placeOf(kind: ChannelKind): Place {
	const clock = new VirtualClock(start);
	const { demo, open } = emulatorOf(kind);
	const { account, channels } = demo;
	const callers = { secretsOf: (id: string) => (id === plantedIdentity.accessKeyId ? plantedIdentity : undefined), permits: () => true };
	const opened: VendorAccount = open({ clock, callers, ...demo });
	const { secrets } = opened;
	const channel = { kind, name: kind, ...channels[0] } as Channel;
	const { holds = [] } = vendorOf(kind).credential;
	const held = holds.map((name) => [name, account[name] ?? ""] as const);
	const prefix = secretKey(credentialOf(channel), "");
	const issued = Object.entries(secrets).flatMap(([key, value]) =>
		key.startsWith(prefix) ? [[key.slice(prefix.length), value] as const] : [],
	);
	const { routes, wrong } = judgedRoutes(kind, opened);
	return { channel, account, credential: Object.fromEntries([...held, ...issued]), routes, clock, wrong };
}

/** The way to an account, on which every request is judged. */
function judgedRoutes(kind: ChannelKind, account: VendorAccount): Pick<Place, "routes" | "wrong"> {
	const judge = judgeOf(emulatorOf(kind), account.hosts);
	const found: string[] = [];
	const routes = routesTo(account).map((route) => ({
		...route,
		fetch: async (request: Request) => {
			found.push(...(await judge(request.clone())));
			return route.fetch(request);
		},
	}));
	return { routes, wrong: () => found.splice(0) };
}

/** What a page says: its texts, and what it is about. */
export interface Saying extends PageTexts {
	readonly source: string;
}

const usual = (severity: PageOrder["severity"]): Saying => ({
	summary,
	title: summary,
	body: `${summary}\nSeverity: ${severity}`,
	shortText: `${severity.toUpperCase()}: ${summary}`,
	spoken: spokenLine(spokenOpening(severity), summary),
	source: "Münster-1",
});

/** A page as the functions have it. */
export const orderOf = (
	channel: Channel,
	severity: PageOrder["severity"] = "high",
	receipt?: string,
	saying: Saying = usual(severity),
): PageOrder => ({
	channel,
	dedupKey: dedupKey(incidentKey, 3, 1),
	severity,
	summary: saying.summary,
	title: saying.title,
	body: saying.body,
	source: saying.source,
	details: {
		condition: "trunk-down",
		environment: "dev",
		occurrence: "3",
		tier: "1",
		openedAt: "2026-11-24T09:59:00.000Z",
		reason: "not-connected",
		children: "",
		health: "as the summary says",
		approval: "",
	},
	intendedAt: start,
	...(receipt === undefined ? {} : { receipt }),
});

const text = (content: string | undefined): FlowValue => ({ type: "string", content });

/** The same page as a workflow has it. */
const flowOf = (severity: PageOrder["severity"], saying: Saying = usual(severity)): Readonly<Record<string, FlowValue>> => ({
	"Flow.incidentKey": text(incidentKey),
	"Flow.occurrence": { type: "integer", content: 3 },
	"Flow.condition": text("trunk-down"),
	"Flow.entityId": text(entityId),
	"Flow.entityName": text(saying.source),
	"Flow.severity": text(severity),
	"Flow.summary": text(saying.summary),
	"Flow.title": text(saying.title),
	"Flow.body": text(saying.body),
	"Flow.shortText": text(saying.shortText),
	"Flow.spoken": text(saying.spoken),
	"Flow.reason": text("not-connected"),
	"Flow.children": text(undefined),
	"Flow.openedAt": text("2026-11-24T09:59:00.000Z"),
	"Flow.environment": text("dev"),
	"Flow.health": text("as the summary says"),
	"State.intendedAt": { type: "dateTime", content: start },
});

/** A request, as far as it matters. */
export interface Seen {
	readonly call: string;
	readonly query: readonly (readonly [string, string])[];
	readonly headers: Readonly<Record<string, string | null>>;
	readonly body: unknown;
}

async function seen(request: Request): Promise<Seen> {
	const { origin, pathname, searchParams } = new URL(request.url);
	const type = request.headers.get("content-type");
	const body = await request.clone().text();
	const names = ["authorization", "accept", ...(request.method === "POST" ? ["content-type"] : [])];
	return {
		call: `${request.method} ${origin}${pathname}`,
		query: [...searchParams],
		headers: Object.fromEntries(names.map((name) => [name, request.headers.get(name)])),
		body: body === "" ? undefined : type === "application/json" ? JSON.parse(body) : [...new URLSearchParams(body)],
	};
}

/** Both executors at one vendor, and what each of them asked it; `acknowledgeUrl`: the link of a page where its policy has such links. */
export function executors({ channel, account, credential, routes, wrong }: Place, acknowledgeUrl?: string) {
	const requests: Seen[] = [];
	const recorded = routes.map(({ host, fetch }) => ({
		host,
		fetch: async (request: Request) => {
			requests.push(await seen(request));
			return fetch(request);
		},
	}));
	const net = network(recorded);
	const common = { fetch: net, budget: openBudget(), perMinute: 60 };
	const pager: Pager = vendorPager({ kind: channel.kind, account, credentials: async () => credential, ...common });
	const set = vendorActions("runbooks-dev", channel, account);
	const planned = vendorChannel(set, channel, 1, acknowledgeUrl === undefined ? {} : { acknowledges: true });
	const flow = (severity: PageOrder["severity"], saying?: Saying) => ({
		...flowOf(severity, saying),
		"State.acknowledgeUrl": text(acknowledgeUrl ?? ""),
	});
	const { fields = {} } = vendorOf(channel.kind).credential.genesys ?? {};
	const credentials = Object.fromEntries(Object.entries(fields).map(([field, held]) => [field, credential[held] ?? ""]));
	const run = (name: string, inputs: Readonly<Record<string, Value>>, flow: Readonly<Record<string, FlowValue>>) =>
		runAction(net, set.actions[name], inputsOf(inputs, flow), credentials);
	return {
		pager,
		planned,
		/** What was asked since the last time. Throws Error for what its vendor does not document. */
		asked: (): readonly Seen[] => {
			const problems = wrong();
			if (problems.length > 0) throw new Error(problems.join("\n"));
			return requests.splice(0);
		},
		workflow: {
			send: (severity: PageOrder["severity"] = "high", saying?: Saying) => run(set.send, planned.sendInputs, flow(severity, saying)),
			read: (receipt = "") => run(set.read, planned.readInputs, { ...flowOf("high"), "State.receipt": text(receipt) }),
		},
	};
}

function inputsOf(inputs: Readonly<Record<string, Value>>, flow: Readonly<Record<string, FlowValue>>): Readonly<Record<string, unknown>> {
	const worth = (value: Value): unknown => {
		if (value.kind === "lit") return value.lit;
		return value.kind === "exp" ? evaluate(value.exp, flow, { now: start }).content : undefined;
	};
	return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, worth(value)]));
}

type Outputs = Readonly<Record<string, string>>;

async function runAction(
	fetch: typeof globalThis.fetch,
	contract: ActionContract | undefined,
	inputs: Readonly<Record<string, unknown>>,
	credentials: Readonly<Record<string, string>>,
): Promise<Outputs> {
	if (contract === undefined) throw new Error("Expected a data action, got none");
	const { url = "", headers = {}, body, type } = contract.request;
	const fill = (template: string): string => renderTemplate("request", template, { input: inputValues(inputs), credentials });
	const filled = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, fill(value)]));
	const answer = await fetch(fill(url), { method: type, headers: filled, ...(body === undefined ? {} : { body: fill(body) }) });
	if (!answer.ok) throw new Error(`Expected 2xx from the vendor, got ${answer.status}`);
	return outputsOf(contract, await answer.json());
}

function outputsOf({ response }: ActionContract, json: unknown): Outputs {
	const values = translate(response.translationMap ?? {}, response.translationMapDefaults ?? {}, json);
	return JSON.parse(renderTemplate("success", response.template, { ...values, rawResult: JSON.stringify(json) }));
}

/** Whether the workflow takes what it read for proof, or for told; `receipt`: of what it sent. */
export function judged({ readOutputs, provenWhen, presumedWhen = "false" }: PlannedChannel, outputs: Outputs, receipt: string) {
	const read = Object.entries(readOutputs).map(([output, variable]) => [variable, text(outputs[output])]);
	const flow = { ...flowOf("high"), "State.receipt": text(receipt), ...Object.fromEntries(read) };
	const holds = (expression: string): unknown => evaluate(expression, flow, { now: start }).content;
	return { isProven: holds(provenWhen), isPresumed: holds(presumedWhen) };
}
