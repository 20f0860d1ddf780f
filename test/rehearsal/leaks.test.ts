import { beforeAll, describe, expect, test } from "vitest";
import { generatedText } from "../../components/genesys/generatedFile.ts";
import { play } from "../../rehearsal/play.ts";
import { type Report, terminalReport } from "../../rehearsal/report/report.ts";
import { readScenario } from "../../rehearsal/scenario/read.ts";
import { readStackFile } from "../../rehearsal/scenario/stackFile.ts";
import { approvalLink } from "../../rehearsal/world/approval.ts";
import type { Tamper } from "../../rehearsal/world/deploy.ts";
import type { OfflineWorld } from "../../rehearsal/world/offlineWorld.ts";

/** Where a secret may stand: the inputs of these, and nowhere else. */
const holders = ["genesyscloud:index/integrationCredential:IntegrationCredential", "aws:secretsmanager/secretVersion:SecretVersion"];

/** Every value that must stay unseen: what the vendors issued, and every word of every stored secret document. */
function secretsOf(world: OfflineWorld): readonly string[] {
	const stored = [...world.aws.state.secrets.values()]
		.flatMap((versions) => versions.texts())
		.flatMap((text) => [...text.matchAll(/"([^"]{16,})"/g)].flatMap(([, word]) => word ?? []));
	const ids = new Set(world.genesys.world.clients().map(({ id }) => id));
	return [...new Set([...world.secrets, ...stored])].filter((word) => !ids.has(word) && !word.startsWith("AC"));
}

/** The workflow's YAML, as it was generated for this world. */
function publishedFlow({ deployment }: OfflineWorld): string {
	const flow = deployment.resources.find(({ type }) => type === "genesyscloud:index/flow:Flow");
	const text = generatedText(String(flow?.inputs.filepath));
	if (text === undefined) throw new Error("Expected the world to have a flow, got none");
	return text;
}

const everything = (report: Report, world: OfflineWorld): string =>
	[
		JSON.stringify(report),
		terminalReport(report, ""),
		JSON.stringify(world.deployment.outputs),
		JSON.stringify(world.troubles),
		JSON.stringify(world.genesys.refusals),
		JSON.stringify(world.aws.refusals),
		JSON.stringify(world.deployment.resources.filter(({ type }) => !holders.includes(type))),
		publishedFlow(world),
		JSON.stringify(world.genesys.world.executions()),
	].join("\n");

/** Breaks a vendor's credential, so that the error paths talk about it. */
const wrongKeys: Tamper = (resource) =>
	resource.type === "genesyscloud:index/integrationCredential:IntegrationCredential" &&
	JSON.stringify(resource.inputs.fields).includes("routingKey")
		? {
				...resource,
				inputs: { ...resource.inputs, fields: { ...Object(resource.inputs.fields), routingKey: "MARKED-SECRET-routing-key-000000" } },
			}
		: resource;

describe("no secret is in anything that was produced", () => {
	let played: { readonly report: Report; readonly world: OfflineWorld };

	beforeAll(async () => {
		played = await play({ scenario: readScenario("trunk-outage"), file: readStackFile("dev"), seed: 1 });
	});

	test("when all goes well", () => {
		const secrets = secretsOf(played.world);
		const text = everything(played.report, played.world);
		expect(secrets.length).toBeGreaterThanOrEqual(8);
		expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
	});

	test("when a credential is wrong and every error path is taken", async () => {
		const { report, world } = await play({
			scenario: readScenario("trunk-outage"),
			file: readStackFile("dev"),
			seed: 1,
			tamper: wrongKeys,
		});
		const text = everything(report, world);
		expect(report.verdict).toBe("failed");
		expect([...secretsOf(world), "MARKED-SECRET"].filter((secret) => text.includes(secret))).toEqual([]);
	});

	test("when a remedy is approved by a link: only the page holds it", async () => {
		const { report, world } = await play({ scenario: readScenario("remedy-approved"), file: readStackFile("dev"), seed: 1 });
		const signature = new URL(approvalLink(world, "pagerduty")?.url ?? "https://none.example").searchParams.get("signature") ?? "";
		expect(report.verdict).toBe("passed");
		expect(signature).toMatch(/^[0-9a-f]{64}$/);
		expect(everything(report, world)).not.toContain(signature);
	});

	test("and the search finds a secret that was planted", () => {
		const [secret = ""] = secretsOf(played.world);
		const event = { id: 9999, atSeconds: 0, who: "poller", what: "error", detail: `oops ${secret}` } as const;
		expect(everything({ ...played.report, events: [...played.report.events, event] }, played.world)).toContain(secret);
	});
});
