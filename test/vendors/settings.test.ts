import { readFileSync } from "node:fs";
import { describe, expect, expectTypeOf, it } from "vitest";
import { readSettings } from "../../components/settings/settings.ts";
import { channelSchema, accountShape as stackAccounts } from "../../components/settings/vendors.ts";
import { accountShape, channelSettings } from "../../functions/schemas/vendorSettings.ts";
import { emulatorOf } from "../../rehearsal/vendors/emulators.ts";
import { canPage } from "../../vendors/actions.ts";
import { type ChannelKind, channelKinds, vendorOf } from "../../vendors/kinds.ts";
import { type Accounts, accountOf, type Channel, hasUsualAccount, settingOf } from "../../vendors/settings.ts";
import type { Fields } from "../../vendors/vendor.ts";
import { source } from "../components/settings/givenSettings.ts";

/** What the vendor's emulator serves to look around is right. */
function valuesOf(kind: ChannelKind, fields: Fields): Readonly<Record<string, string>> {
	const { account, channels } = emulatorOf(kind).demo;
	const right: Readonly<Record<string, string>> = { ...account, ...channels[0] };
	return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, right[name] ?? field.usual ?? ""]));
}

const channelOf = (kind: ChannelKind) => ({ kind, name: "first", ...valuesOf(kind, vendorOf(kind).channel) });
/** What cannot page has to say that it informs. */
const configuredOf = (kind: ChannelKind) => ({ ...channelOf(kind), ...(canPage(kind) ? {} : { informs: true }) });

describe.each(channelKinds)("a channel of kind %s", (kind) => {
	const settings = Object.keys(vendorOf(kind).channel);

	it("has the settings of its description, in a stack and in a function", () => {
		expect(channelSchema.safeParse(configuredOf(kind)).success).toBe(true);
		expect(channelSettings.parse(channelOf(kind))).toEqual(channelOf(kind));
	});

	it.each(settings)("is refused without %s, and with a wrong one", (setting) => {
		const { [setting]: _left, ...without }: Readonly<Record<string, unknown>> = configuredOf(kind);
		const { usual } = { usual: undefined, ...vendorOf(kind).channel[setting] };
		if (usual !== undefined) expect(channelSchema.parse(without)).toEqual({ ...without, [setting]: usual });
		for (const wrong of [
			...(usual === undefined ? [without] : []),
			{ ...configuredOf(kind), [setting]: " wrong " },
			{ ...configuredOf(kind), more: "x" },
		]) {
			expect(channelSchema.safeParse(wrong).success).toBe(false);
			expect(channelSettings.safeParse(wrong).success).toBe(false);
		}
	});
});

describe.each(channelKinds.filter((kind) => Object.keys(vendorOf(kind).account.settings).length > 0))("the account of %s", (kind) => {
	const { account } = vendorOf(kind);
	const schemas = Object.entries({ ...stackAccounts }).filter(([key]) => key === account.key);
	const runtime = Object.entries({ ...accountShape }).filter(([key]) => key === account.key);

	it("has the settings of its description, in a stack and in a function", () => {
		for (const [, schema] of [...schemas, ...runtime])
			expect(schema.parse(valuesOf(kind, account.settings))).toEqual(valuesOf(kind, account.settings));
		expect([schemas, runtime].map(({ length }) => length)).toEqual([1, 1]);
	});

	it("may be left out, and says nothing where each of its settings has a usual value", () => {
		for (const [, schema] of schemas) expect(schema.safeParse({}).success).toBe(hasUsualAccount({ account }));
	});
});

it("is found among the settings by its vendor", () => {
	const { runtime } = readSettings(source({}));
	expect(accountOf(runtime, "pagerduty")).toEqual({ region: "us" });
	expect(accountOf(runtime, "sms")).toEqual(runtime.twilio);
	const { twilio: _twilio, ...without } = runtime;
	expect(accountOf(without, "sms")).toBeUndefined();
	expect(settingOf({ kind: "sms" }, "to")).toBe("");
});

it("has types that say what the descriptions say", () => {
	expectTypeOf<Extract<Channel, { kind: "pagerduty" }>["serviceId"]>().toEqualTypeOf<string>();
	expectTypeOf<NonNullable<Accounts["pagerduty"]>["region"]>().toEqualTypeOf<"us" | "eu">();
	expectTypeOf<NonNullable<Accounts["twilio"]>["from"]>().toEqualTypeOf<string>();
	expectTypeOf<Accounts["twilio"]>().extract<undefined>().toEqualTypeOf<undefined>();
});

it("needs secrets for which the README has the line to type", () => {
	const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
	const keys = readSettings(source({})).secrets.map(({ key }) => key);
	for (const key of keys) expect(readme).toContain(`pulumi config set --secret genesyscloud-runbooks:${key}`);
});
