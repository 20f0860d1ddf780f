import { describe, expect, test } from "vitest";
import { answerApprovalPage, isApproval } from "../../../../functions/edges/links/approvalPage.ts";
import { signedApprovals } from "../../../../functions/edges/links/approvals.ts";
import {
	type Approval,
	type ApprovalLink,
	EdgeError,
	type Entry,
	type LinkFacts,
	type Remedies,
} from "../../../../functions/pipeline/ports.ts";
import { urlEvent } from "../../linkWorld.ts";
import { noRemedies, remediating, settings } from "../../pipeline/fixtures.ts";
import { readPage } from "../../readPage.ts";

const seals = async () => ["seal"];
const made = new URL(
	await signedApprovals(seals, seals, () => "https://hook.test/").link("text", { incidentKey: "a", occurrence: 1, expires: 2 }),
);
const signature = made.searchParams.get("signature") ?? "";
const seal = made.searchParams.get("seal") ?? "";
const path = `${made.pathname}${made.search}`;
const event = (method: string, of = path) => urlEvent(method, of);

const about = (change: Partial<LinkFacts> = {}): LinkFacts => ({
	what: "SIP trunk Frankfurt-1 is down",
	name: "Frankfurt-1",
	severity: "high",
	stack: "dev",
	first: [{ name: "Since", text: "2026-01-05 08:00 UTC (2 minutes ago)" }],
	terms: ["This link is good until 08:05 UTC."],
	more: [{ name: "Also told", text: "", items: ["tier 1, sms: reached at 08:00 UTC"] }],
	...change,
});

/** A remediator that answers this to every link; `asked` holds each link and whether its button was pressed. */
function answering(approve: () => Promise<Approval>) {
	const asked: (ApprovalLink & { readonly press: boolean })[] = [];
	const logged: Entry[] = [];
	const remedies: Remedies = {
		...noRemedies,
		approve: async (offered, press) => {
			asked.push({ ...offered, press });
			return approve();
		},
	};
	return { ports: { remedies, approvalSeals: seals, journal: { log: (entry: Entry) => void logged.push(entry) } }, asked, logged };
}

const saying = (outcome: string, facts: LinkFacts | undefined = about()) => answering(async () => ({ outcome, about: facts }) as Approval);

const bodyOf = async (ports: ReturnType<typeof answering>["ports"], method = "GET"): Promise<string> =>
	String(Object(await answerApprovalPage(ports, event(method))).body);

describe("the page behind an approval link", () => {
	test("shows what failed, what would be done, until when, and one button: opening it presses nothing", async () => {
		const { ports, asked } = saying("approved");
		expect(await answerApprovalPage(ports, event("GET"))).toMatchObject({ statusCode: 200 });
		const body = await bodyOf(ports);
		expect(body.match(/<h1>.*<\/h1>/g)).toEqual(["<h1>Begin this remedy?</h1>"]);
		expect(body).toContain('<p class="what" dir="auto">SIP trunk <bdi>Frankfurt-1</bdi> is down</p>');
		expect(body).toContain("<dt>Since</dt><dd><div>2026-01-05 08:00 UTC (2 minutes ago)</div></dd>");
		expect(body).toContain("<ul><li>tier 1, sms: reached at 08:00 UTC</li></ul>");
		expect(body).toContain("This link is good until 08:05 UTC.");
		expect(body).toContain('<span class="badge">High severity</span><span>dev: not production</span>');
		expect(body.match(/<form.*<\/form>/g)).toEqual(['<form method="post"><button>Begin the remedy</button></form>']);
		expect(asked).toEqual(Array(2).fill({ incidentKey: "a", occurrence: 1, expires: 2, signature, press: false }));
	});

	test("says nothing of a stack that is production", async () => {
		expect(await bodyOf(saying("approved", about({ stack: "" })).ports)).not.toContain("not production");
	});

	test("begins it on its button", async () => {
		const { ports, asked } = saying("approved");
		const body = await bodyOf(ports, "POST");
		expect(body).toContain("<h1>The remedy has begun</h1>");
		expect(body).not.toContain("<form");
		expect(asked.map(({ press }) => press)).toEqual([true]);
	});

	test.each([
		["forged", 403, "This link is not valid"],
		["expired", 410, "This link has expired"],
		["already-used", 409, "This link has been used already"],
		["not-open", 410, "The remedy is no longer needed"],
		["cooldown", 409, "before its cooldown is over"],
		["in-flight", 409, "in effect for another incident"],
		["already-in-effect", 409, "has done already"],
		["already-begun", 409, "Somebody else was faster"],
		["not-found", 409, "Its system did not do it: not found. People are being paged."],
	])("answers %s with %i, in words, and no button", async (outcome, statusCode, words) => {
		const { ports } = saying(outcome);
		for (const method of ["GET", "POST"]) {
			const page = Object(await answerApprovalPage(ports, event(method)));
			expect(page.statusCode).toBe(statusCode);
			expect(page.body).toContain(words);
			expect(page.body).not.toContain("<form");
		}
	});

	test.each([
		"/approve",
		"/approve?",
		path.replace(signature, signature.slice(1)),
		path.replace("incident=a&", ""),
		path.replace("expires=2", "expires=-2"),
		path.replace("occurrence=1", "occurrence=0"),
		path.replace("occurrence=1", "occurrence=2"),
		path.replace("expires=2", "expires=3"),
		path.replace(signature, "0".repeat(64)),
		path.replace(seal, "A".repeat(22)),
		path.replace(`seal=${seal}&`, ""),
	])("that is no link of ours costs nobody a question: %s", async (cut) => {
		const { ports, asked } = saying("approved");
		for (const method of ["GET", "POST"])
			expect(await answerApprovalPage(ports, event(method, cut))).toMatchObject({
				statusCode: 403,
				body: expect.not.stringContaining("Frankfurt"),
			});
		expect(asked).toEqual([]);
	});

	test("asks once, whatever the link is worth, and shows a remediator of another version all the same", async () => {
		const { ports, asked } = answering(async () => ({ outcome: "forged" }));
		expect(await answerApprovalPage(ports, event("POST"))).toMatchObject({ statusCode: 403 });
		expect(asked).toHaveLength(1);
		expect(await bodyOf(answering(async () => ({ outcome: "approved" })).ports)).toContain("<button>Begin the remedy</button>");
	});

	test("asks to try again where the secret that tells links of ours cannot be read", async () => {
		const { ports, asked } = saying("approved");
		const approvalSeals = () => Promise.reject(new EdgeError("unavailable", "Secrets Manager: no", { retry: true }));
		expect(await answerApprovalPage({ ...ports, approvalSeals }, event("POST"))).toMatchObject({ statusCode: 503 });
		expect(asked).toEqual([]);
	});

	test("asks to try again while the remediator is out of reach, and says nothing untrue of what was pressed", async () => {
		const { ports, logged } = answering(() =>
			Promise.reject(new EdgeError("timeout", "Lambda: expected an answer, got none", { retry: true })),
		);
		const seen = [];
		for (const method of ["GET", "POST"]) {
			const { statusCode, body } = Object(await answerApprovalPage(ports, event(method)));
			const { text, button } = readPage(body);
			seen.push({ statusCode, text, button });
		}
		const noAnswer = "A system that it needs did not answer";
		expect(seen).toEqual([
			{ statusCode: 503, text: `${noAnswer}. Please open the link again in a moment: looking changes nothing.`, button: undefined },
			{
				statusCode: 503,
				text: `${noAnswer}, so your press may have counted or not. Please try again: pressing twice does no harm.`,
				button: "Try again",
			},
		]);
		const detail = "an approval link could not be answered: Lambda: expected an answer, got none";
		expect(logged).toEqual(Array(2).fill({ what: "error", outcome: "timeout", detail }));
	});

	test("hides no mistake of ours: what is no failure of an outside system is thrown", async () => {
		const { ports } = answering(() => Promise.reject(new TypeError("no")));
		await expect(answerApprovalPage(ports, event("GET"))).rejects.toThrow(TypeError);
	});

	test("takes no other method, and tells which; whoever asks for its head gets no body", async () => {
		const { ports, asked } = saying("approved");
		const refused = await answerApprovalPage(ports, event("DELETE"));
		expect(refused).toMatchObject({ statusCode: 405, headers: { allow: "GET, HEAD, POST" } });
		expect(asked).toEqual([]);
		expect(await answerApprovalPage(ports, event("HEAD"))).toMatchObject({ statusCode: 200, body: "" });
		expect(asked.map(({ press }) => press)).toEqual([false]);
	});

	test("is there only where a runbook asks for approvals", () => {
		expect(isApproval(remediating({ mode: "approve" }), event("GET"))).toBe(true);
		expect(isApproval(remediating({ mode: "approve" }), event("GET", "/"))).toBe(false);
		expect(isApproval(remediating(), event("GET"))).toBe(false);
		expect(isApproval(settings, event("GET"))).toBe(false);
	});
});
