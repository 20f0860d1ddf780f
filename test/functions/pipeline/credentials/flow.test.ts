import { describe, expect, it } from "vitest";
import { expiringSoon, expirySignals, withExpiring } from "../../../../functions/pipeline/credentials/expiry.ts";
import { noteCredential } from "../../../../functions/pipeline/credentials/flow.ts";
import { newsOfRecord } from "../../../../functions/pipeline/credentials/records.ts";
import {
	afterNews,
	type CredentialNews,
	type CredentialState,
	type Credentials,
	checkedCredentials,
	clientsFailing,
	credentialSignals,
	dueCredentials,
	expirySuffix,
	isFailing,
} from "../../../../functions/pipeline/credentials/rules.ts";
import { readItem } from "../../../../functions/pipeline/ledger/store.ts";
import { overseeAll } from "../../../../functions/pipeline/oversee/flow.ts";
import { EdgeError, type FailureReason } from "../../../../functions/pipeline/ports.ts";
import { policy, seconds, settings } from "../fixtures.ts";
import { world } from "../world.ts";

const refused = (reason: FailureReason = "unauthorized"): CredentialNews => ({ what: "refused", reason, detail: "got 401" });
const taken: CredentialState = { dueAt: seconds(900), failures: 0, okAt: seconds(0) };
const once: CredentialState = { dueAt: seconds(60), failures: 1, failedAt: seconds(60), reason: "unauthorized", detail: "got 401" };
const twice: CredentialState = { ...once, dueAt: seconds(120), failures: 2, failedAt: seconds(120), open: true };

describe("which credentials are checked", () => {
	it("are those that the stack uses: the launcher, and each key of a channel once", () => {
		expect(checkedCredentials(settings)).toEqual(["launcher", "pagerduty-primary", "twilio", "pagerduty-secondary"]);
	});

	it.each([
		{ name: "one that nobody checked yet", known: {}, at: 0, due: ["launcher"] },
		{ name: "one that was taken within the quarter", known: { launcher: taken }, at: 899, due: [] },
		{ name: "one that was taken a quarter ago", known: { launcher: taken }, at: 900, due: ["launcher"] },
		{ name: "one that was refused, at every tick", known: { launcher: once }, at: 60, due: ["launcher"] },
	])("$name: $due", ({ known, at, due }) => {
		expect(dueCredentials(known, ["launcher"], seconds(at))).toEqual(due);
	});
});

describe("what is known after news", () => {
	it.each<{ name: string; before?: CredentialState; news: CredentialNews; at: number; after: CredentialState }>([
		{ name: "taken", news: { what: "taken" }, at: 0, after: taken },
		{ name: "refused once", before: taken, news: refused(), at: 60, after: { ...once, okAt: seconds(0) } },
		{
			name: "refused twice",
			before: once,
			news: refused(),
			at: 120,
			after: { ...once, dueAt: seconds(120), failures: 2, failedAt: seconds(120) },
		},
		{ name: "refused twice within half a minute is once", before: once, news: refused(), at: 89, after: once },
		{
			name: "taken again closes at once",
			before: twice,
			news: { what: "taken" },
			at: 180,
			after: { ...taken, dueAt: seconds(1080), okAt: seconds(180), open: true },
		},
		{
			name: "not judged, and asked again in five minutes",
			before: once,
			news: { what: "unknown" },
			at: 120,
			after: { ...once, dueAt: seconds(420) },
		},
		{ name: "doubted, and asked at once", before: taken, news: { what: "doubted" }, at: 60, after: { ...taken, dueAt: seconds(60) } },
		{ name: "doubted right after it was taken", before: taken, news: { what: "doubted" }, at: 29, after: taken },
		{
			name: "what is forbidden at work stands, although the secret is taken",
			before: { ...once, reason: "forbidden" },
			news: { what: "taken" },
			at: 120,
			after: { ...once, reason: "forbidden", dueAt: seconds(420) },
		},
		{
			name: "for an hour",
			before: { ...once, reason: "forbidden" },
			news: { what: "taken" },
			at: 3660,
			after: { dueAt: seconds(4560), failures: 0, okAt: seconds(3660) },
		},
	])("$name", ({ before, news, at, after }) => {
		expect(afterNews(before, news, seconds(at))).toEqual(after);
	});

	it("keeps a detail bounded", () => {
		const news: CredentialNews = { what: "refused", reason: "unauthorized", detail: "x".repeat(5000) };
		expect(afterNews(undefined, news, 0).detail).toHaveLength(300);
	});
});

describe("when a credential is failing", () => {
	it.each([
		{ name: "launcher", state: once, failing: false },
		{ name: "launcher", state: twice, failing: true },
		{ name: "launcher", state: { ...once, reason: "forbidden" as const }, failing: true },
		{ name: "responder", state: once, failing: true },
	])("$name $state.failures × $state.reason: $failing", ({ name, state, failing }) => {
		expect(isFailing(name, state)).toBe(failing);
	});

	it("nothing acts while a client of Genesys Cloud is refused; a vendor's key is no reason", () => {
		expect([clientsFailing(undefined), clientsFailing({ launcher: once }), clientsFailing({ twilio: twice })]).toEqual([
			false,
			false,
			false,
		]);
		expect([clientsFailing({ launcher: twice }), clientsFailing({ responder: once })]).toEqual([true, true]);
	});
});

describe("what is done about the incidents", () => {
	const day = 86_400;
	it.each<{ name: string; known: Credentials; at: number; signals: readonly string[] }>([
		{ name: "all is well", known: { launcher: taken }, at: 0, signals: [] },
		{ name: "failing", known: { launcher: twice }, at: 120, signals: ["launcher open: refused (unauthorized) 2 times in a row: got 401"] },
		{ name: "taken again", known: { launcher: { ...taken, open: true } }, at: 180, signals: ["launcher close: it is taken again"] },
		{ name: "no longer used", known: { twilio: twice }, at: 180, signals: ["twilio close: nothing uses it any more"] },
		{
			name: "the responder, reported once",
			known: { responder: { ...once, open: true } },
			at: 60 + day - 1,
			signals: ["responder open: refused (unauthorized) once: got 401"],
		},
		{
			name: "the responder, and nobody said it again for a day",
			known: { responder: { ...once, open: true } },
			at: 60 + day,
			signals: ["responder close: no workflow has found it refused for 24 hours"],
		},
		{
			name: "the responder, found taken",
			known: { responder: { ...taken, open: true } },
			at: 60,
			signals: ["responder close: a workflow found it taken"],
		},
	])("$name", ({ known, at, signals }) => {
		const found = credentialSignals(known, ["launcher"], seconds(at));
		expect(found.map(({ name, signal, reason }) => `${name} ${signal}: ${reason}`)).toEqual(signals);
	});
});

describe("what a workflow's record says", () => {
	const record = { launchId: "l", incidentKey: "k", occurrence: 1, channel: "", tier: 0, attempt: 0, receipt: "", detail: "" };
	it.each([
		{ change: { what: "credentials-checked", detail: "ok" }, news: "responder taken" },
		{ change: { what: "credentials-checked", detail: "failed bad.credentials 401" }, news: "responder refused" },
		{ change: { what: "credentials-checked", detail: "failed service.unavailable 503" }, news: "nothing" },
		{ change: { what: "credentials-checked", detail: "timeout" }, news: "nothing" },
		{
			change: { what: "page-failed", tier: 1, channel: "pagerduty", detail: "failed bad.credentials 401" },
			news: "pagerduty-primary refused",
		},
		{ change: { what: "page-failed", tier: 1, channel: "pagerduty", detail: "failed bad.request 400" }, news: "pagerduty-primary doubted" },
		{ change: { what: "page-failed", tier: 1, channel: "sms", detail: "failed x 403" }, news: "twilio refused" },
		{ change: { what: "page-failed", tier: 1, channel: "gone", detail: "failed x 401" }, news: "nothing" },
		{ change: { what: "page-failed", tier: 1, channel: "pagerduty", detail: "timeout" }, news: "nothing" },
		{ change: { what: "page-sent", tier: 1, channel: "pagerduty" }, news: "nothing" },
	] as const)("$change.what $change.detail: $news", ({ change, news }) => {
		const found = newsOfRecord({ ...record, ...change }, policy);
		expect(found === undefined ? "nothing" : `${found.name} ${found.news.what}`).toBe(news);
	});
});

describe("the overseer's watch", () => {
	const failing = (name: string) => ({
		check: async (asked: string) => {
			if (asked === name) throw new EdgeError("unauthorized", "expected 2xx from the token, got 401", { retry: false });
		},
	});

	it("opens at the second refusal in a row, once, and ends at the first success", async () => {
		let bad = "launcher";
		const made = await world({ credentials: { check: (name) => failing(bad).check(name) } });
		const opened: string[] = [];
		for (const at of [0, 60, 120, 180]) {
			if (at === 180) bad = "none";
			const { logged } = await made.tick(at);
			for (const { what, incident = "" } of logged)
				if (what === "incident-opened" || what === "recovered") opened.push(`${at} ${what} ${incident}`);
		}
		expect(opened).toEqual([
			"60 incident-opened inc:1:dev:credentials-failing:launcher",
			"180 recovered inc:1:dev:credentials-failing:launcher",
		]);
		expect(await readItem<Credentials>(made.ledger, "credentials:1:dev")).toMatchObject({
			launcher: { failures: 0, dueAt: seconds(1080) },
		});
	});

	it("asks each once in a quarter of an hour while all are taken", async () => {
		const asked: string[] = [];
		const made = await world({ credentials: { check: async (name) => void asked.push(name) } });
		for (let at = 0; at <= 900; at += 60) {
			await made.tick(at);
		}
		expect(asked.toSorted()).toEqual(
			checkedCredentials(settings)
				.flatMap((name) => [name, name])
				.toSorted(),
		);
	});

	it("a system that cannot be asked says nothing of its credential", async () => {
		const check = () => Promise.reject(new EdgeError("timeout", "no answer", { retry: true }));
		const made = await world({ credentials: { check } });
		const { logged } = await made.tick(0);
		expect(logged).toEqual([]);
	});
});

describe("an expiry that is known in advance", () => {
	const at = (text: string) => Date.parse(`${text}T00:00:00Z`);
	const credentials = { launcher: { expiresOn: "2027-03-15" }, twilio: { expiresOn: "2028-01-01" } };

	it("is told from fourteen days before, and after it has passed", () => {
		const names = ["2027-02-28", "2027-03-01", "2027-04-01"].map((day) => [...expiringSoon({ credentials }, at(day)).keys()]);
		expect(names).toEqual([[], ["launcher.expiry"], ["launcher.expiry"]]);
		expect(expiringSoon({}, at("2027-03-01")).size).toBe(0);
	});

	it("is marked once, opens while it is near, and closes when its date is another one or gone", () => {
		const soon = expiringSoon({ credentials }, at("2027-03-01"));
		const known = withExpiring({}, soon);
		expect(known).toEqual({ "launcher.expiry": { dueAt: 0, failures: 0, open: true } });
		expect(withExpiring(known, soon)).toBe(known);
		expect(expirySignals(known, soon)).toEqual([
			{ name: "launcher.expiry", signal: "open", reason: "valid until 2027-03-15: renew it before then, and set its new date" },
		]);
		expect(expirySignals(known, new Map())).toEqual([{ name: "launcher.expiry", signal: "close", reason: "its date is no longer near" }]);
		expect(credentialSignals(known, ["launcher"], 0)).toEqual([]);
	});

	it("stands under a name that no service can have: that of a service which is called so is a credential like any other", () => {
		const name = "pagerduty-primary-expiry";
		expect(credentialSignals({ [name]: twice }, [name], seconds(120))).toMatchObject([{ name, signal: "open" }]);
		expect(expirySignals({ [name]: twice }, new Map())).toEqual([]);
		expect(expirySuffix).not.toMatch(/^[a-z0-9-]*$/);
	});

	it("is one incident that ends with its date", async () => {
		const made = await world({ settings: { ...settings, credentials: { twilio: { expiresOn: "1970-01-02" } } } });
		const opened: string[] = [];
		for (const second of [0, 60, 120]) {
			const { logged } = await made.tick(second);
			opened.push(
				...logged.flatMap(({ what, outcome, incident }) => (what === "incident-opened" ? [`${second} ${outcome} ${incident}`] : [])),
			);
		}
		expect(opened).toEqual(["0 medium inc:1:dev:credentials-failing:twilio.expiry"]);
		const later = { ...made.ports, settings };
		const { logged } = await made.see(() => overseeAll(later));
		expect(logged.filter(({ what }) => what === "recovered")).toHaveLength(1);
		const stored = await readItem<Credentials>(made.ledger, "credentials:1:dev");
		expect(Object.keys(stored ?? {})).not.toContain("twilio.expiry");
	});
});

it("news that changes nothing of a failing credential is not written: all functions share the item", async () => {
	const made = await world();
	for (const at of [0, 60, 120]) {
		made.at(at);
		await noteCredential(made.ports, "twilio", refused());
	}
	const version = () => made.ledger.items().find(({ key }) => key === "credentials:1:dev")?.version;
	const before = version();
	made.at(121);
	await noteCredential(made.ports, "twilio", refused());
	expect(version()).toBe(before);
	expect((await readItem<Credentials>(made.ledger, "credentials:1:dev"))?.twilio).toMatchObject({ open: true });
});
