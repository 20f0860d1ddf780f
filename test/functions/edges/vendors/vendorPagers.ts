import { checkCredential, type VendorOptions, vendorPager } from "../../../../functions/edges/vendors/pager.ts";
import type { Channel } from "../../../../functions/pipeline/settings.ts";
import type { AccountValues } from "../../../../vendors/settings.ts";

type Common = Omit<VendorOptions, "kind" | "account">;

export const pagerDutyOptions = ({ region, ...common }: Common & AccountValues<"pagerduty">): VendorOptions => ({
	kind: "pagerduty",
	account: { region },
	...common,
});

export const twilioOptions = ({ accountSid, from, ...common }: Common & AccountValues<"sms">): VendorOptions => ({
	kind: "sms",
	account: { accountSid, from },
	...common,
});

export const voiceOptions = ({ accountSid, from, ...common }: Common & AccountValues<"voice">): VendorOptions => ({
	kind: "voice",
	account: { accountSid, from },
	...common,
});

export const slackOptions = ({ cloud, ...common }: Common & AccountValues<"slack">): VendorOptions => ({
	kind: "slack",
	account: { cloud },
	...common,
});

export const teamsOptions = (common: Common): VendorOptions => ({ kind: "teams", account: {}, ...common });

/** The keys of a role that was made up. */
export const plantedIdentity = { accessKeyId: "ASIAPLANTED0000000001", secretAccessKey: "PLANTED-secret", sessionToken: "PLANTED-token" };

export const sesOptions = ({ account, ...common }: Omit<Common, "credentials"> & Pick<VendorOptions, "account">): VendorOptions => ({
	kind: "email",
	account,
	credentials: async () => ({}),
	identity: () => plantedIdentity,
	...common,
});

export const pagerDuty = (options: Parameters<typeof pagerDutyOptions>[0]) => vendorPager(pagerDutyOptions(options));
export const twilio = (options: Parameters<typeof twilioOptions>[0]) => vendorPager(twilioOptions(options));
export const twilioVoice = (options: Parameters<typeof voiceOptions>[0]) => vendorPager(voiceOptions(options));

export const slack = (options: Parameters<typeof slackOptions>[0]) => vendorPager(slackOptions(options));
export const teams = (options: Common) => vendorPager(teamsOptions(options));

export const proveKeys = (options: Parameters<typeof pagerDutyOptions>[0], channel: Channel) =>
	checkCredential(pagerDutyOptions(options), channel);

const phone: Channel = { kind: "sms", name: "sms", to: "+15555550101" };
export const proveAccount = (options: Parameters<typeof twilioOptions>[0]) => checkCredential(twilioOptions(options), phone);
