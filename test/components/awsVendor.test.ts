import { beforeAll, describe, expect, it } from "vitest";
import type { Declaration } from "./declared.ts";
import { settingsOf, stackOf } from "./stacks.ts";
import { declaredSystem, the } from "./system.ts";

let written: Declaration;
beforeAll(async () => {
	const dev = stackOf("dev");
	const { policies } = settingsOf("dev");
	const telephony = { tiers: [{ name: "only", channels: [{ kind: "email", to: "ada@customer.example" }] }] };
	const ses = { region: "eu-west-1", from: "pages@runbooks.example" };
	written = await declaredSystem({ ...dev, config: { ...dev.config, ses, policies: { ...Object(policies), telephony } } });
});

/** The statements of a function's role that are about Amazon SES. */
function statementsOf(functionName: string): unknown {
	const { inputs } = the(written, "RolePolicy", `runbooks-${functionName}-policy`);
	const { Statement } = JSON.parse(String(Object(inputs).policy));
	return Statement.filter(({ Sid }: { readonly Sid: string }) => Sid.startsWith("Ses"));
}

describe("a vendor that is a service of AWS", () => {
	it("has no secret, and no credential in Genesys Cloud", () => {
		const names = written.resources.map(({ name }) => name);
		expect(names.filter((name) => /systems-ses/.test(name))).toEqual([]);
	});

	it.each([
		{ functionName: "overseer", checks: true },
		{ functionName: "dispatcher", checks: false },
		{ functionName: "messenger", checks: false },
	])("may be called by the $functionName with its own role, and for nothing else", ({ functionName, checks }) => {
		expect(statementsOf(functionName)).toEqual([
			{
				Sid: "SesSendEmail",
				Effect: "Allow",
				Action: ["ses:SendEmail"],
				Resource: [
					// The account is that of the table, whose ARN is made up here.
					expect.stringMatching(/^arn:\w+:ses:eu-west-1:\d*:identity\/\*$/),
					expect.stringMatching(/^arn:\w+:ses:eu-west-1:\d*:configuration-set\/\*$/),
				],
			},
			{ Sid: "SesGetMessageInsights", Effect: "Allow", Action: ["ses:GetMessageInsights"], Resource: ["*"] },
			...(checks ? [{ Sid: "SesGetAccount", Effect: "Allow", Action: ["ses:GetAccount"], Resource: ["*"] }] : []),
		]);
	});

	it.each(["poller", "normalizer", "ledger"])("may not be called by the %s", (functionName) => {
		const found = written.resources.filter(({ type, name }) => type.endsWith(":RolePolicy") && name.includes(functionName));
		expect(JSON.stringify(found)).not.toContain("ses:");
	});
});
