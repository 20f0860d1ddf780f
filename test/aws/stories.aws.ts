import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { play } from "../../rehearsal/play.ts";
import type { Report } from "../../rehearsal/report/report.ts";
import { readStackFile } from "../../rehearsal/scenario/stackFile.ts";
import { approvalLink } from "../../rehearsal/world/approval.ts";
import type { OfflineWorld } from "../../rehearsal/world/offlineWorld.ts";
import type { Granted, Judged, Recorded } from "./calls/records.ts";
import { type Cloud, startCloud } from "./cloud.ts";
import { accountId, type Judge, region, startJudge } from "./judge.ts";
import { neededAfterACrash, usedByAws, wildcards } from "./policies.ts";
import { answered, remedied } from "./stories.ts";

interface Played {
	readonly report: Report;
	readonly world: OfflineWorld;
	readonly cloud: Cloud;
	readonly judged: Judged;
	readonly offline: Report;
}

let judge: Judge;
const played = new Map<string, Played>();

beforeAll(async () => {
	judge = await startJudge();
	for (const scenario of [answered, remedied]) {
		const story = { scenario, file: readStackFile("dev"), seed: 7 };
		const { report: offline } = await play(story);
		const cloud = await startCloud(judge);
		const { report, world } = await play({ ...story, account: cloud.account, deploy: cloud.deploy });
		played.set(scenario.name, { report, world, cloud, offline, judged: await cloud.judged() });
	}
});
afterAll(async () => {
	for (const { cloud } of played.values()) await cloud.close();
	await judge.close();
});

const playedOf = (name: string): Played => played.get(name) ?? never(name);
const never = (name: string): never => {
	throw new Error(`expected the story ${name} to be played`);
};
const names = [answered.name, remedied.name];

describe.each(names)("%s, by the shipped bundles in moto", (name) => {
	test("comes to its end as the story says", () => {
		const { report, world } = playedOf(name);
		expect(world.deployment.failures).toEqual([]);
		expect(report.expectations.filter(({ met }) => !met)).toEqual([]);
		expect(report.verdict).toBe("passed");
	});

	test("is the story that the rehearsal tells, event by event", () => {
		const { report, offline } = playedOf(name);
		expect(linesOf(report)).toEqual(linesOf(offline));
	});

	test("does nothing that no statement of a role allows", () => {
		const { judged, cloud } = playedOf(name);
		expect(judged.refused).toEqual([]);
		expect(cloud.records.length).toBeGreaterThan(100);
	});
});

/** To the minute: a function that waits for its turn waits in real time, which a story does not count. */
const linesOf = ({ events }: Report): readonly string[] =>
	events
		.map(({ atSeconds, who, what, incident, occurrence, channel, tier, attempt, outcome }) =>
			[Math.floor(atSeconds / 60), who, what, incident, occurrence, channel, tier, attempt, outcome].join(" "),
		)
		.toSorted();

describe("the policies of both stories together", () => {
	const all = () => names.flatMap((name) => playedOf(name).judged.granted);

	test("grant nothing that nothing needed, but what is named with its reason", () => {
		const used = new Set(all().flatMap((each) => (each.used ? [placeOf(each)] : [])));
		const unused = new Set(all().flatMap((each) => (used.has(placeOf(each)) ? [] : [placeOf(each)])));
		const logs = all().flatMap((each) => (usedByAws.some(({ sid }) => sid === each.sid) ? [placeOf(each)] : []));
		expect(unused).toEqual(new Set([...logs, ...neededAfterACrash.map(placeOf)]));
	});

	test("name no action by a wildcard, and no resource, but what is named with its reason", () => {
		expect(all().filter(({ action }) => action.includes("*"))).toEqual([]);
		const found = all().flatMap(({ sid, resources }) => resources.filter((each) => each.includes("*")).map((each) => `${sid} ${each}`));
		const known = wildcards.map(({ sid, resource }) => ({ sid, resource }));
		expect(found.filter((each) => !known.some(({ sid, resource }) => resource.test(each) && each.startsWith(`${sid} `)))).toEqual([]);
		expect(known.filter(({ sid, resource }) => !found.some((each) => resource.test(each) && each.startsWith(`${sid} `)))).toEqual([]);
	});
});

const placeOf = ({ roleName, sid, action }: Pick<Granted, "roleName" | "sid" | "action">): string => `${roleName} ${sid} ${action}`;

describe("an independent evaluator refuses", () => {
	const arn = (service: string, resource: string): string => `arn:aws:${service}:${region}:${accountId}:${resource}`;
	const table = arn("dynamodb", "table/runbooks-dev-incidents");
	const carrier = `arn:aws:iam::${accountId}:role/carrier-automation`;
	const ofRole = (roleName: string, action: string, resource: string, context: Recorded["context"] = {}): Recorded => ({
		roleName: `runbooks-dev-${roleName}`,
		by: "a probe",
		action,
		resource,
		context,
	});
	const assumed = (roleName: string, principal: string, context: Recorded["context"]): Recorded => ({
		...ofRole(roleName, "sts:AssumeRole", `arn:aws:iam::${accountId}:role/runbooks-dev-${roleName}`, context),
		principal,
	});
	const group = arn("scheduler", "schedule-group/default");
	const ours = { "aws:SourceAccount": accountId, "aws:SourceArn": group };

	test("what a role may not do, and what is asked under other conditions", async () => {
		const probes = [
			ofRole("ledger", "sqs:SendMessage", arn("sqs", "runbooks-dev-dispatch")),
			ofRole("poller", "dynamodb:DeleteItem", table),
			ofRole("poller", "dynamodb:GetItem", arn("dynamodb", "table/another")),
			ofRole("poller", "logs:PutLogEvents", arn("logs", "log-group:/aws/lambda/runbooks-dev-overseer:log-stream:1")),
			ofRole("normalizer", "secretsmanager:GetSecretValue", arn("secretsmanager", "secret:runbooks-dev/remedy-approval-abcdef")),
			ofRole("normalizer", "ssm:StartAutomationExecution", arn("ssm", "document/RestartCarrierGateway")),
			ofRole("dispatcher", "ses:GetAccount", "*"),
			ofRole("remediator", "iam:PassRole", carrier),
			ofRole("remediator", "iam:PassRole", carrier, { "iam:PassedToService": "ec2.amazonaws.com" }),
			ofRole("poller-schedule", "lambda:InvokeFunction", arn("lambda", "function:runbooks-dev-remediator")),
			assumed("poller-schedule", "scheduler.amazonaws.com", {}),
			assumed("poller-schedule", "scheduler.amazonaws.com", { ...ours, "aws:SourceAccount": "999999999999" }),
			assumed("poller-schedule", "scheduler.amazonaws.com", { ...ours, "aws:SourceArn": `${group}-2` }),
			assumed("poller-schedule", "lambda.amazonaws.com", ours),
			assumed("poller", "scheduler.amazonaws.com", ours),
			assumed("genesys-ledger", "arn:aws:iam::765628985471:root", { "sts:ExternalId": "another organization" }),
		];
		expect((await playedOf(remedied.name).cloud.judged(probes)).refused).toEqual(probes);
	});

	test("none of their twins that are ours", async () => {
		const twins = [
			ofRole("poller", "dynamodb:GetItem", table),
			ofRole("remediator", "iam:PassRole", carrier, { "iam:PassedToService": "ssm.amazonaws.com" }),
			ofRole("poller-schedule", "lambda:InvokeFunction", arn("lambda", "function:runbooks-dev-poller")),
			assumed("poller-schedule", "scheduler.amazonaws.com", ours),
			ofRole("overseer", "ses:GetAccount", "*"),
		];
		expect((await playedOf(remedied.name).cloud.judged(twins)).refused).toEqual([]);
	});
});

test("a forged approval link costs no second function; one of ours costs one", async () => {
	const { cloud, world } = playedOf(remedied.name);
	const asked = (): number =>
		cloud.records.filter(({ by, action }) => by.endsWith("-normalizer") && action === "lambda:InvokeFunction").length;
	const before = asked();
	const link = approvalLink(world, "email")?.url ?? never("with an approval link");
	const forged = new URL(link);
	forged.searchParams.set("occurrence", "2");
	expect((await world.aws.fetchUrl(new Request(forged))).status).toBe(403);
	expect(asked()).toBe(before);
	expect((await world.aws.fetchUrl(new Request(link))).status).toBe(409);
	expect(asked()).toBe(before + 1);
});
