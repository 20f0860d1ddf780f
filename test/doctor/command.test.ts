import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import type { Finding } from "../../doctor/finding.ts";
import { useAdmission, withFile } from "./examined.ts";
import { organization, secretsOf, stackText } from "./patient.ts";

const doctor = new URL("../../doctor/doctor.ts", import.meta.url).pathname;
const admit = useAdmission();

/** Nothing of this machine: no client, no profile of AWS, and nobody who is asked for one. */
const env = {
	PATH: process.env.PATH,
	COLUMNS: "9999",
	NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
	AWS_EC2_METADATA_DISABLED: "true",
	AWS_CONFIG_FILE: "/nowhere/config",
	AWS_SHARED_CREDENTIALS_FILE: "/nowhere/credentials",
};

function run(
	args: readonly string[],
	input = "",
	more: NodeJS.ProcessEnv = {},
): Promise<{ status: number | null; out: string; err: string }> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [doctor, ...args], { env: { ...env, ...more } as NodeJS.ProcessEnv });
		const texts = { out: "", err: "" };
		child.stdout.setEncoding("utf8").on("data", (text: string) => (texts.out += text));
		child.stderr.setEncoding("utf8").on("data", (text: string) => (texts.err += text));
		child.once("error", reject);
		child.once("close", (status) => resolve({ status, ...texts }));
		child.stdin.end(input);
	});
}

/** What is said beside progress. */
const said = (err: string): string =>
	err
		.split("\n")
		.filter((line) => line !== "" && !line.startsWith("… "))
		.join("\n");

test("healthy: exit status 0, a line for each check, the count at the end", async () => {
	const well = await admit();
	const { status, out, err } = await withFile(JSON.stringify(well.world), (world) =>
		withFile(stackText(), (file) => run(["--config-file", file, "--world", world])),
	);
	expect({ status, said: said(err) }).toEqual({ status: 0, said: "" });
	expect(out).toContain("  ✓ organization: Contact Centre\n");
	expect(out).toContain("  ✓ pagerduty-primary, does not group alerts\n");
	expect(out).toMatch(/\n\d+ hold, 0 do not, 4 not checked\n$/);
});

test("something does not hold: exit status 1; as JSON one line; secrets by standard input go before the world's, and none is printed", async () => {
	const ill = await admit();
	const wrong = "0123456789abcdef0123456789abcdef";
	const config = {
		"genesyscloud-runbooks:pagerduty-primary-routingKey": { value: wrong, secret: true },
		"genesyscloud-runbooks:production": { value: "false", secret: false },
		"aws:region": { value: "eu-central-1", secret: false },
	};
	const { status, out } = await withFile(JSON.stringify(ill.world), (world) =>
		withFile(stackText(), (file) => run(["--config-file", file, "--world", world, "--secrets", "-", "--json"], JSON.stringify(config))),
	);
	expect(status).toBe(1);
	const report: { readonly stack: string; readonly verdict: string; readonly findings: readonly Finding[] } = JSON.parse(out);
	expect([report.stack, report.verdict]).toEqual(["dev", "does-not-hold"]);
	expect(report.findings.filter(({ verdict }) => verdict === "does-not-hold").map(({ id }) => id)).toEqual([
		"vendors.pagerduty-primary.service.integrations.*.integration_key",
	]);
	for (const secret of [wrong, ...secretsOf(ill)]) expect(out).not.toContain(secret);
});

test("the client of the environment and the provider's own gateway: the organization is asked there", async () => {
	const { world } = await admit();
	const { host, port, clientId, clientSecret } = world.genesys;
	const gateways = [{ host, port: String(port), protocol: "http" }];
	const { status, out } = await withFile(stackText({ "genesyscloud:gateways": gateways }), (file) =>
		run(["--config-file", file, "--json"], "", {
			GENESYSCLOUD_OAUTHCLIENT_ID: clientId,
			GENESYSCLOUD_OAUTHCLIENT_SECRET: clientSecret,
			GENESYSCLOUD_REGION: "eu-central-1",
		}),
	);
	const { findings }: { readonly findings: readonly Finding[] } = JSON.parse(out);
	const found = (id: string) => findings.find((each) => each.id === id);
	expect(status).toBe(0);
	expect(found("genesys.organization")).toMatchObject({ verdict: "holds", why: organization.name });
	expect(found("aws.account")).toMatchObject({ verdict: "not-checked", why: "no AWS credentials were found" });
	expect(findings.filter(({ group, verdict }) => group === "Genesys Cloud" && verdict !== "holds")).toEqual([]);
});

test("with nothing to ask by nothing is checked, and nothing is said to hold", async () => {
	const { status, out } = await withFile(stackText(), (file) => run(["--config-file", file]));
	expect(status).toBe(0);
	expect(out).toContain("  – token: no client was given\n");
	expect(out).toContain("  – account and region: no AWS credentials were found\n");
	expect(out).toMatch(/\n0 hold, 0 do not, \d+ not checked\n$/);
});

test.each([
	{ name: "an unknown option", args: ["--write"], says: "error: unknown option '--write' (--help shows what is allowed)" },
	{ name: "a stack that is none", args: ["--stack", "moon"], says: 'Expected a stack, got "moon"; allowed: dev, prod' },
	{
		name: "a file of secrets that is not there",
		args: ["--secrets", "nowhere.json"],
		says: "nowhere.json: expected what pulumi config --show-secrets --json prints, got nothing that can be read",
	},
	{
		name: "a world that is none",
		args: ["--world", "package.json"],
		says: "package.json: expected what npm run -s world -- --json prints, got another form at genesys",
	},
])("$name: exit status 2, in one line", async ({ args, says }) => {
	const { status, out, err } = await run(args);
	expect({ status, out, said: said(err) }).toEqual({ status: 2, out: "", said: says });
});

test("--help says what it reads", async () => {
	const { status, out } = await run(["--help"]);
	expect(status).toBe(0);
	for (const named of ["GENESYSCLOUD_OAUTHCLIENT_ID", "--secrets", "--world", "It only reads", "AWS_PROFILE"]) expect(out).toContain(named);
});
