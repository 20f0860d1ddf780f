import { describe, expect, it } from "vitest";
import { noticedPager } from "../../../../functions/edges/credentials/noticed.ts";
import { memoryLedger } from "../../../../functions/edges/memory/ledger.ts";
import {
	type CredentialState,
	checkedCredentials,
	credentialSignals,
	isFailing,
	usedCredentials,
} from "../../../../functions/pipeline/credentials/rules.ts";
import { EdgeError, type PageOrder, type Pager } from "../../../../functions/pipeline/ports.ts";
import { isOnlyTried } from "../../../../vendors/credentials.ts";
import { policy, seconds, settings } from "../fixtures.ts";

const name = "teams-operations";
const [first, ...others] = policy.tiers;
if (first === undefined) throw new Error("Expected a tier, got none");
const channel = { kind: "teams", name: "teams", channel: "operations" } as const;
const informing = { ...settings, policies: { default: { ...policy, tiers: [{ ...first, informs: [channel] }, ...others] } } };
const refused: CredentialState = { dueAt: 0, failures: 1, failedAt: seconds(60), reason: "unauthorized", detail: "got 401" };

/** What is said of that credential so many seconds after zero. */
const signalsAt = (state: CredentialState, second: number) =>
	credentialSignals({ [name]: state }, usedCredentials(informing), seconds(second));

describe("a credential of which nothing can be asked without an effect", () => {
	it("is used, and never checked", () => {
		expect(["teams-operations", "slack", "twilio", "pagerduty-primary", "launcher"].filter(isOnlyTried)).toEqual([name]);
		expect(usedCredentials(informing)).toContain(name);
		expect(checkedCredentials(informing)).toEqual(usedCredentials(informing).filter((each) => each !== name));
	});

	it("fails by the first refusal, as nobody gives a second opinion", () => {
		expect([isFailing(name, refused), isFailing("slack", refused)]).toEqual([true, false]);
		expect(signalsAt(refused, 61)).toEqual([{ name, signal: "open", reason: "refused (unauthorized) once: got 401" }]);
	});

	it("is well again once work finds it taken, or after a day in which nobody found it refused", () => {
		const known = { ...refused, open: true as const };
		const taken = { dueAt: 0, failures: 0, open: true as const };
		expect(signalsAt(taken, 61)).toEqual([{ name, signal: "close", reason: "it is taken again" }]);
		expect(signalsAt(known, 60 + 86_399)).toMatchObject([{ signal: "open" }]);
		expect(signalsAt(known, 60 + 86_400)).toEqual([{ name, signal: "close", reason: "nobody has found it refused for 24 hours" }]);
		expect(credentialSignals({ [name]: known }, usedCredentials(settings), seconds(61))).toMatchObject([
			{ reason: "nothing uses it any more" },
		]);
	});

	it.each([
		{ tried: "teams-operations", noted: { failures: 0 } },
		{ tried: "twilio", noted: { failures: 1 } },
	])("is noted as taken by the work itself: $tried", async ({ tried, noted }) => {
		const clock = { now: () => seconds(60) };
		const ledger = memoryLedger(clock);
		const options = { ledger: () => ledger, clock, settings: { environment: "dev" }, name: tried };
		const answers: (() => Promise<{ receipt: string }>)[] = [
			() => Promise.reject(new EdgeError("unauthorized", "got 401", { retry: false })),
			async () => ({ receipt: "k" }),
		];
		const send = (): Promise<{ receipt: string }> => answers.shift()?.() ?? Promise.reject(new Error("Expected no more"));
		const pager: Pager = { send, resolve: send, read: async () => ({ state: "absent" }) };
		// No order is looked at.
		const order = {} as Partial<PageOrder> as PageOrder;
		await expect(noticedPager(pager, options).send(order)).rejects.toMatchObject({ reason: "unauthorized" });
		await expect(noticedPager(pager, options).send(order)).resolves.toEqual({ receipt: "k" });
		expect((await ledger.read("credentials:1:dev"))?.value).toMatchObject({ [tried]: noted });
	});
});
