import { isSecretKey, namespace, webhookSecretKey, webhookTokenKey } from "../../components/settings/secrets.ts";
import { everyChannel } from "../../functions/pipeline/route/policy.ts";
import type { StackFile } from "../scenario/stackFile.ts";
import type { PagerDutyEmulator } from "../vendors/pagerduty.ts";
import type { TwilioEmulator } from "../vendors/twilio.ts";
import { remedySecrets } from "./remedyWorld.ts";

/** What signs readings, and what other systems show, in every rehearsal. */
export const webhookSecrets = { signing: "rehearsal-webhook-signing-secret", bearer: "rehearsal-webhook-bearer-token" } as const;

/** Every secret that the stack needs is issued by its vendor, whatever the stack file holds. */
export function issueSecrets(
	file: StackFile,
	{ pagerduty, twilio }: { readonly pagerduty: PagerDutyEmulator; readonly twilio: TwilioEmulator },
): Readonly<Record<string, string>> {
	const { settings } = file;
	const services = everyChannel(settings.runtime).flatMap((channel) => (channel.kind === "pagerduty" ? [channel] : []));
	const issued: [string, string][] = services.flatMap(({ service, serviceId }) => {
		const keys = pagerduty.world.addService({ id: serviceId, name: service });
		return [
			[`pagerduty-${service}-routingKey`, keys.routingKey],
			[`pagerduty-${service}-apiToken`, keys.apiToken],
		];
	});
	if (settings.runtime.twilio !== undefined)
		issued.push(["twilio-authToken", twilio.world.addAccount({ accountSid: settings.runtime.twilio.accountSid }).authToken]);
	issued.push([webhookSecretKey, webhookSecrets.signing]);
	if (settings.secrets.some(({ key }) => key === webhookTokenKey)) issued.push([webhookTokenKey, webhookSecrets.bearer]);
	for (const secret of settings.secrets) if (secret.system === "remedy") issued.push([secret.key, remedySecrets[secret.field]]);
	return Object.fromEntries(issued.filter(([key]) => isSecretKey(key)).map(([key, value]) => [`${namespace}:${key}`, value]));
}
