import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { incidents } from "../incidents/served.ts";

const world = fileURLToPath(new URL("../../../rehearsal/serve.ts", import.meta.url));
const running = new Set<ChildProcess>();
/** Processes of processes, by their id. */
const inner = new Set<number>();

afterEach(() => {
	for (const child of running) child.kill("SIGKILL");
	for (const id of inner) endIfThere(id);
	running.clear();
	inner.clear();
});

function endIfThere(id: number): void {
	try {
		process.kill(id, "SIGKILL");
	} catch (error) {
		if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
	}
}

/** What a stream says, until it has said enough or ends. */
async function said(stream: Readable, isEnough: (text: string) => boolean): Promise<string> {
	let text = "";
	stream.setEncoding("utf8");
	return new Promise((resolve) => {
		stream.on("data", (chunk: string) => {
			text += chunk;
			if (isEnough(text)) resolve(text);
		});
		stream.on("end", () => resolve(text));
	});
}

function start(...args: string[]): {
	readonly child: ChildProcess;
	readonly output: (until: (text: string) => boolean) => Promise<string>;
} {
	const child = spawn(process.execPath, [world, ...args], { stdio: ["ignore", "pipe", "pipe"] });
	running.add(child);
	return { child, output: (until) => said(child.stdout, until) };
}

test("one line of JSON says where everything is; a client can log in; SIGTERM ends it at once, with a connection still open", async () => {
	const { child, output } = start("--json");
	const served = JSON.parse(await output((text) => text.endsWith("\n")));
	const base = `http://${served.genesys.host}:${served.genesys.port}`;
	const basic = Buffer.from(`${served.genesys.clientId}:${served.genesys.clientSecret}`).toString("base64");
	const login = await fetch(`${base}/oauth/token`, {
		method: "POST",
		headers: { authorization: `Basic ${basic}` },
		body: new URLSearchParams({ grant_type: "client_credentials" }),
	});
	const { access_token: token } = (await login.json()) as { access_token: string };
	const trunks = await fetch(`${base}/api/v2/telephony/providers/edges/trunks`, { headers: { authorization: `Bearer ${token}` } });
	const { entities } = (await trunks.json()) as { entities: { name: string }[] };
	expect(entities.map(({ name }) => name)).toEqual(["Berlin-1", "Frankfurt-1", "Frankfurt-1"]);
	expect(Object.keys(served.genesys.trunkBases)).toEqual(["Frankfurt-1", "Berlin-1"]);
	const { twilio } = served.vendors;
	const sms = await fetch(`http://${twilio.host}:${twilio.port}/2010-04-01/Accounts/${twilio.account.accountSid}/Messages.json`);
	expect(sms.status).toBe(401);
	const { aws } = served;
	const account = await fetch(`http://${aws.host}:${aws.port}/2016-08-19/account-settings`, {
		headers: { authorization: `AWS4-HMAC-SHA256 Credential=${aws.accessKeyId}/20261128/eu-central-1/lambda/aws4_request` },
	});
	expect(await account.json()).toMatchObject({ AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 1000 } });
	const { pagerduty } = served.vendors;
	const read = (host: string) =>
		fetch(`http://${pagerduty.host}:${pagerduty.port}/incidents`, {
			headers: { authorization: `Token token=${pagerduty.secrets["pagerduty-primary-apiToken"]}`, "x-forwarded-host": host },
		});
	expect([(await read("api.pagerduty.com")).status, (await read("api.eu.pagerduty.com")).status]).toEqual([200, 401]);
	child.kill("SIGTERM");
	expect(await once(child, "exit")).toEqual([0, null]);
});

test("for people it prints the setting to paste; Ctrl-C ends it", async () => {
	const { child, output } = start();
	const text = await output((printed) => printed.includes("Ctrl-C ends it."));
	expect(text).toMatch(/ {2}genesyscloud:gateways:\n {4}- host: 127\.0\.0\.1\n {6}port: "\d+"\n {6}protocol: http\n/);
	child.kill("SIGINT");
	expect(await once(child, "exit")).toEqual([0, null]);
});

test("with AWS, a ledger and a dead letter are there for the operator's command", async () => {
	const { child, output } = start("--json", "--with-aws");
	const { ledger } = JSON.parse(await output((text) => text.endsWith("\n")));
	const where = ["--endpoint", ledger.endpoint, "--stack", ledger.stack];
	const { out } = await incidents("list", "--json", ...where);
	expect(JSON.parse(out)).toMatchObject([
		{ entity: { name: "Berlin-1" }, state: "exhausted" },
		{ key: ledger.incidentKey, entity: { name: "Frankfurt-1" }, state: "paged", tier: 1 },
	]);
	const { letters } = JSON.parse((await incidents("dlq", "--json", ...where)).out);
	expect(letters).toMatchObject([{ incident: "inc:1:dev:trunk-down:trunk-base-berlin-1", standing: "taken-over" }]);
	const acted = await incidents("acknowledge", ledger.incidentKey, "--by", "Ada", "--why", "I have it", ...where);
	expect(acted.status).toBe(0);
	child.kill("SIGTERM");
	expect(await once(child, "exit")).toEqual([0, null]);
});

test("it does not outlive an npm that is ended", async () => {
	const run = `const { spawn } = require("node:child_process"); const child = spawn(process.execPath, [${JSON.stringify(world)}, "--json"], { stdio: ["ignore", "inherit", "inherit"] }); console.error(child.pid);`;
	const parent = spawn(process.execPath, ["-e", run], {
		env: { ...process.env, npm_lifecycle_event: "world" },
		stdio: ["ignore", "pipe", "pipe"],
	});
	running.add(parent);
	const closed = once(parent.stdout, "close");
	inner.add(Number(await said(parent.stderr, (text) => text.endsWith("\n"))));
	await said(parent.stdout, (text) => text.endsWith("\n"));
	parent.kill("SIGTERM");
	// The child holds the pipe: it closes when the child has ended.
	await closed;
	inner.clear();
	expect(parent.signalCode).toBe("SIGTERM");
});

test("an option that it does not have is exit status 2", async () => {
	const { child } = start("--port=80");
	expect(await once(child, "exit")).toEqual([2, null]);
});
