import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { tryActions } from "../../commands/tryAction.ts";
import { exported, terraform } from "../rehearsal/dataActions/actionParts.ts";
import { Folder, runCommand, runInProcess } from "./command.ts";

const folder = new Folder();

afterAll(() => folder.remove());

const attempt = (...args: readonly string[]) => runInProcess(tryActions, args);

const action = folder.write("action.json", exported());
const inputs = '{"number": "P-1", "days": 3}';

describe("try:action", () => {
	it("plays the README's example: what is sent, what is made of the answer, the default that stood in", () => {
		const example = "examples/actions/open-ticket";
		const { status, out, err } = runCommand("tryAction", [
			`${example}.json`,
			"--input-file",
			`${example}.input.json`,
			"--response",
			`${example}.response.json`,
		]);
		expect({ status, err }).toEqual({ status: 0, err: "" });
		expect(out).toContain(
			"  POST https://tickets.example.com/v1/queues/second+line/tickets\n  Authorization: Bearer <credentials.token>\n",
		);
		expect(out).toContain('  state: $.ticket.state → "unknown" (its default: the path finds nothing)\n');
		expect(out).toMatch(/\nOutput, which fits the success schema\n {4}\{"id":"T-1042",.*\}\n\nThe action would succeed\.\n$/);
	});

	it("ends with 1 and every reason for an action that would fail", () => {
		const { status, out } = attempt(action, "--input", '{"days": "3"}');
		expect(status).toBe(1);
		expect(out.slice(out.indexOf("The action would fail"))).toBe(
			"The action would fail: 3 reasons\n  input: Expected $.number (it is required), got nothing.\n  input: Expected $.days to be integer, got string.\n  requestTemplate:1:13: Expected $esc.jsonEncode(${input.number}) to have a value, got none (write $!{…} where it may be absent).\n",
		);
	});

	it("prints a trial for a machine", () => {
		const response = folder.add("json", {});
		const { status, out } = attempt(action, "--input", inputs, "--response", response, "--status", "503", "--json");
		expect({ status, trial: JSON.parse(out) }).toMatchObject({
			status: 1,
			trial: {
				request: { method: "POST", body: '{"number": "P-1", "days": 3}' },
				answer: { status: 503, values: [], isFitting: false },
				failures: [{ part: "response", message: "Expected a status from 200 to 299, got 503: the flow takes the Failure path." }],
			},
		});
	});

	it("never shows a secret, and says which field the credential lacks", () => {
		const headers = {
			Authorization: 'Basic $encoding.base64("${credentials.user}:${credentials.key}")',
			"X-Token": "${authResponse.token}",
		};
		const secured = folder.add("json", exported({ request: { headers } }));
		const secrets = folder.add("json", { user: "planted-user", key: "planted-key", authResponse: { token: "planted-token" } });
		const { status, out } = attempt(secured, "--input", inputs, "--secrets", secrets);
		expect(status).toBe(0);
		expect(out).not.toContain("planted");
		expect(out).not.toContain(Buffer.from("planted-user:planted-key").toString("base64"));
		expect(out).toContain(`Basic ${Buffer.from("<credentials.user>:<credentials.key>").toString("base64")}`);
		const lacking = attempt(secured, "--input", inputs, "--secrets", folder.add("json", { user: "planted" }), "--json");
		expect(JSON.parse(lacking.out).failures.map(({ part }: { part: string }) => part)).toContain("headers.X-Token");
		expect(lacking.status).toBe(1);
	});

	it("takes one of several actions by its name", () => {
		const { resource } = terraform() as {
			readonly resource: { readonly genesyscloud_integration_action: { readonly find_parcel: object } };
		};
		const { find_parcel } = resource.genesyscloud_integration_action;
		const two = { resource: { genesyscloud_integration_action: { find_parcel, other: { ...find_parcel, name: "Other" } } } };
		const file = folder.write("two.tf.json", two);
		expect(attempt(file, "--action", "Other", "--input", '{"number": "1"}')).toMatchObject({ status: 0, err: "" });
		expect(attempt(file)).toMatchObject({
			status: 2,
			err: expect.stringMatching(/Expected one data action, got 2 \("Find parcel", "Other"\): --action says which\.\n$/),
		});
	});

	it.each<[string, readonly string[], RegExp]>([
		["no file", [], /^error: missing required argument 'file'.*\n$/],
		["an unknown option", [action, "--nope"], /^error: unknown option '--nope'.*\n$/],
		["a status that is none", [action, "--status", "20"], /Expected a whole number from 100 to 599\..*\n$/],
		["inputs that are no JSON", [action, "--input", "{"], /^Expected --input to be JSON, got something else: .*\n$/],
		["inputs that are a list", [action, "--input", "[]"], /^Expected the inputs to be an object, got an array\.\n$/],
		["inputs in two places", [action, "--input", "{}", "--input-file", action], /^Expected --input or --input-file, got both\.\n$/],
		["a response that is not there", [action, "--response", join(folder.path, "none")], /got nothing of this name\.\n$/],
		["an action of another name", [action, "--action", "Other"], /Expected --action to be one of "Find parcel", got "Other"\.\n$/],
		[
			"an action of another form",
			[folder.write("odd.json", { config: { request: 5 } })],
			/odd\.json: config\.request: Expected object, got number\.\n$/,
		],
		[
			"a Terraform file without an action",
			[folder.write("main.tf", 'resource "a" "b" {\n}\n')],
			/Expected a resource "genesyscloud_integration_action", got none\.\n$/,
		],
	])("ends with 2 and one line for %s", (_, args, message) => {
		const { status, out, err } = attempt(...args);
		expect({ status, out }).toEqual({ status: 2, out: "" });
		expect(err).toMatch(message);
		expect(err.trimEnd()).not.toContain("\n");
	});
});
