import type { ActionContract } from "../../../components/genesys/dataAction.ts";
import { type VendorActions, vendorActions } from "../../../components/genesys/vendors/vendorActions.ts";
import type { AccountValues } from "../../../vendors/settings.ts";

const named = (set: VendorActions, name: string): ActionContract => {
	const contract = set.actions[name];
	if (contract === undefined) throw new Error(`Expected a data action ${name}, got ${Object.keys(set.actions).join(", ")}`);
	return contract;
};

/** The data actions of one PagerDuty service. */
export function pagerDutyActions(base: string, service: string, region: "us" | "eu") {
	const set = vendorActions(base, { kind: "pagerduty", name: "pagerduty", service, serviceId: "PRIMARY1" }, { region });
	return { ...set, actions: { trigger: named(set, "trigger"), read: named(set, "read") } };
}

/** The data actions of the Twilio account. */
export function twilioActions(base: string, account: AccountValues<"sms">) {
	const set = vendorActions(base, { kind: "sms", name: "sms", to: "+15555550101" }, account);
	return { ...set, actions: { send: named(set, "send"), read: named(set, "read") } };
}
