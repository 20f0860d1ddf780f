import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { statusOf } from "../../../commands/commandLine.ts";
import { pollerKey } from "../../../functions/pipeline/model/keys.ts";
import { SecretVersions } from "../../../rehearsal/aws/secretVersions.ts";
import { rotateScript } from "../../../rehearsal/rotate/script.ts";
import { type Patient, patient } from "../../doctor/patient.ts";
import { type Served, served } from "../incidents/served.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "rotate-"));
const by = ["--by", "Ada", "--why", "yearly rotation"];
const accountSid = "AC0123456789abcdef0123456789abcdef";

let vendors: Patient;
let account: Served;

/** The vendors, the ledger and the secrets of the stack dev, as a served world has them. */
beforeAll(async () => {
	[vendors, account] = await Promise.all([patient(), served()]);
	const { world } = vendors;
	const issued: Readonly<Record<string, string>> = { ...world.vendors.pagerduty.secrets, ...world.vendors.twilio.secrets };
	const [routingKey, apiToken] = [issued["pagerduty-primary-routingKey"], issued["pagerduty-primary-apiToken"]];
	store("pagerduty-primary", { routingKey, apiToken });
	store("twilio", { accountSid, authToken: issued["twilio-authToken"] });
	store("webhook", { signingSecrets: ["the-signing-secret-of-before"] });
	await account.ledger.write(pollerKey("dev"), { failures: 0 }, 0);
	writeFileSync(join(folder, "world.json"), JSON.stringify({ ...world, ledger: { endpoint: account.endpoint } }));
});

afterAll(async () => {
	vendors.end();
	await account.close();
	rmSync(folder, { recursive: true });
});

const arnOf = (credential: string): string => `arn:aws:secretsmanager:eu-central-1:123456789012:secret:runbooks-dev/${credential}-AbCdEf`;

/** What `pulumi up` does. */
function store(credential: string, document: object): void {
	const versions = account.secrets.get(arnOf(credential)) ?? new SecretVersions();
	versions.put(`deployed-${JSON.stringify(document).length}-${versions.all().length}`, JSON.stringify(document), Date.now());
	account.secrets.set(arnOf(credential), versions);
}

/** The stored document with a label; undefined where none has it. */
function stored(credential: string, stage: string): unknown {
	const found = account.secrets.get(arnOf(credential))?.at(stage);
	return found === undefined ? undefined : JSON.parse(found.text);
}

/** What the command does with these arguments, in this process. */
async function rotate(...args: readonly string[]) {
	let [out, err] = ["", ""];
	const log = vi.spyOn(console, "log").mockImplementation((line: unknown) => {
		out += `${line}\n`;
	});
	const error = vi.spyOn(console, "error").mockImplementation((line: unknown) => {
		err += `${line}\n`;
	});
	const command = rotateScript.command().configureOutput({
		writeErr: (line) => {
			err += line;
		},
	});
	try {
		return { status: await statusOf(command, rotateScript, [...args, "--world", join(folder, "world.json")]), out, err };
	} finally {
		log.mockRestore();
		error.mockRestore();
	}
}

function begin(credential: string, secret: string, value: string, ...more: readonly string[]) {
	const file = join(folder, "value");
	writeFileSync(file, `${value}\n`);
	return rotate("begin", credential, "--secret", secret, "--file", file, ...by, ...more);
}

describe("npm run rotate, as an operator uses it", () => {
	test("lists every credential within 80 columns, and none of its values", async () => {
		const { status, out } = await rotate("list");
		expect(status).toBe(0);
		expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
		for (const name of ["detector", "launcher", "responder", "pagerduty-primary", "twilio", "webhook"])
			expect(out).toContain(`\n${name}:`.slice(name === "detector" ? 1 : 0));
		for (const value of Object.values(Object(stored("pagerduty-primary", "AWSCURRENT")))) expect(out).not.toContain(String(value));
	});

	test("refuses a key that the vendor does not take, and stores nothing", async () => {
		const { status, out } = await begin("pagerduty-primary", "routingKey", "0".repeat(32));
		expect({ status, stored: stored("pagerduty-primary", "AWSPENDING") }).toEqual({ status: 1, stored: undefined });
		expect(out).toContain("✗ pagerduty-primary, has the routing key");
	});

	test("begins with one after the other of two secrets, waits for the deployment, and finishes", async () => {
		const { routingKey, apiToken } = vendors.pagerduty.issueSecond("primary");
		const before = stored("pagerduty-primary", "AWSCURRENT");
		const first = await begin("pagerduty-primary", "routingKey", routingKey);
		expect({ status: first.status, out: first.out }).toEqual({ status: 0, out: expect.stringContaining("stands beside the current one") });
		expect((await begin("pagerduty-primary", "routingKey", routingKey)).out).toContain("already");
		expect((await begin("pagerduty-primary", "apiToken", apiToken)).status).toBe(0);
		expect(stored("pagerduty-primary", "AWSPENDING")).toEqual({ routingKey, apiToken });
		expect(stored("pagerduty-primary", "AWSCURRENT")).toEqual(before);
		const early = await rotate("finish", "pagerduty-primary", ...by);
		expect({ status: early.status, out: early.out }).toEqual({ status: 1, out: expect.stringContaining("pulumi up") });
		store("pagerduty-primary", { apiToken, routingKey });
		for (const _ of ["once", "again"]) expect((await rotate("finish", "pagerduty-primary", ...by)).status).toBe(0);
		expect(stored("pagerduty-primary", "AWSPENDING")).toBeUndefined();
		const { out } = await rotate("list");
		expect(out).toMatch(/rotation finished \S+ by Ada: yearly rotation/);
		for (const value of [routingKey, apiToken]) expect(first.out + early.out + out).not.toContain(value);
	});

	test("cancels, and says so again when asked again", async () => {
		expect((await begin("twilio", "authToken", vendors.twilio.renewToken(accountSid).authToken)).status).toBe(0);
		for (const _ of ["once", "again"]) {
			const { status, out } = await rotate("cancel", "twilio", ...by);
			expect({ status, out }).toEqual({ status: 0, out: expect.stringContaining("the current one stays") });
		}
		expect(stored("twilio", "AWSPENDING")).toBeUndefined();
	});

	test("promotes a secret of our own, which the workflow has no copy of", async () => {
		const before = stored("webhook", "AWSCURRENT");
		expect((await begin("webhook", "signingSecret", "a-new-secret-of-our-own")).status).toBe(0);
		expect((await rotate("finish", "webhook", ...by)).status).toBe(0);
		expect(stored("webhook", "AWSCURRENT")).toEqual({ ...Object(before), signingSecrets: ["a-new-secret-of-our-own"] });
		expect(stored("webhook", "AWSPREVIOUS")).toEqual(before);
	});

	test("says for a client of Genesys Cloud how two are made, within 80 columns", async () => {
		const { status, out } = await rotate("begin", "detector", ...by);
		expect({ status, out }).toEqual({ status: 1, out: expect.stringContaining("credentials.detector.generation 2") });
		expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
	});
});

describe("wrong input", () => {
	test.each([
		{ name: "an unknown credential", args: ["begin", "twili", ...by], says: "Expected a credential of the stack, one of" },
		{ name: "no credential", args: ["finish", ...by], says: "Expected the name of a credential behind finish" },
		{ name: "one behind list", args: ["list", "twilio"], says: "Expected nothing behind list" },
		{ name: "nobody who answers for it", args: ["finish", "twilio", "--why", "x"], says: "got no --by" },
		{ name: "a value for what takes none", args: ["finish", "twilio", ...by, "--file", "x"], says: "Expected --file with begin only" },
		{
			name: "one of two secrets that is not named",
			args: ["begin", "pagerduty-primary", ...by],
			says: "--secret routingKey or --secret apiToken",
		},
		{ name: "a file that there is not", args: ["begin", "twilio", ...by, "--file", "none"], says: "got nothing that can be read" },
	])("$name ends with 2", async ({ args, says }) => {
		const { status, err } = await rotate(...args);
		expect({ status, err }).toEqual({ status: 2, err: expect.stringContaining(says) });
	});

	test.each([
		{ name: "nothing", value: "", says: "got nothing" },
		{ name: "two lines", value: "first-line-of-two\nsecond-line-of-two", says: "without spaces or line breaks" },
		{ name: "too short a secret of our own", value: "short", says: "at least 16 characters" },
	])("a new value of $name ends with 2, and is not repeated", async ({ value, says }) => {
		const { status, err } = await begin("webhook", "signingSecret", value);
		expect({ status, err }).toEqual({ status: 2, err: expect.stringContaining(says) });
		if (value !== "") expect(err).not.toContain(value.slice(0, 5));
	});

	test("the script runs by itself, and its help fits", async () => {
		const child = spawn(process.execPath, ["--import", "./assert-node.mjs", "rehearsal/rotate.ts", "--help"], {
			cwd: root,
			env: { ...process.env, COLUMNS: "80" },
		});
		const out = await text(child.stdout);
		expect(out).toContain("npm run rotate");
		expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
	});
});
