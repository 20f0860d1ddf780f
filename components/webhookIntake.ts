import { createHmac } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { holdsLinks } from "../functions/pipeline/page/link.ts";
import { everyChannel, everyPolicy } from "../functions/pipeline/route/policy.ts";
import { secretVariable, vendorWebhooksName } from "../functions/schemas/secrets.ts";
import { secretKey } from "../vendors/credentials.ts";
import { type HeardVendor, heardVendors } from "../vendors/inboundPaths.ts";
import { vendorOf } from "../vendors/kinds.ts";
import { StoredSecret } from "./aws/secrets.ts";
import type { Foundation } from "./foundation.ts";
import { functionTimeouts } from "./functions/functionTimeouts.ts";
import { readsSecrets, type SecretArns, sendsToQueue } from "./functions/needs.ts";
import { nameOfFunction } from "./functions/responderFunction.ts";
import { Webhook } from "./functions/webhook.ts";
import { asksPeople, remediationsOf } from "./remediator.ts";
import {
	previousWebhookSecretKey,
	previousWebhookTokenKey,
	remedyApprovalSecretKey,
	webhookSecretKey,
	webhookTokenKey,
} from "./settings/secrets.ts";
import type { Settings } from "./settings/settings.ts";
import type { Secrets } from "./settings/stackConfiguration.ts";

/** What whoever signs acknowledge links is given: nothing where no page holds one. */
export interface LinkSigning {
	/** Below which address the links lead. */
	readonly variables: Readonly<Record<string, pulumi.Input<string>>>;
	readonly secretArns: SecretArns;
}

export interface WebhookIntakeArgs extends Foundation {
	readonly secrets: Secrets;
	/** Whether an optional configuration key has a value. */
	readonly configured: (key: string) => boolean;
}

/**
 * Takes signed readings and other systems' alerts through the same pipeline, the answers of people who follow a link, and what vendors tell of pages;
 * during a rotation two signing secrets, or two tokens, are valid.
 */
export class WebhookIntake extends pulumi.ComponentResource {
	readonly webhook: Webhook;
	readonly links: LinkSigning;
	/** What tells approval links of ours from others: nothing where nobody approves. */
	readonly approvalSeals: SecretArns;

	constructor(name: string, args: WebhookIntakeArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:WebhookIntake", name, {}, opts);
		const { settings, ledger, queue, configured } = args;
		const approves = asksPeople(remediationsOf(settings.runtime));
		const valid = (key: string, previous: string) => [key, ...(configured(previous) ? [previous] : [])].map((each) => args.secrets(each));
		const takesBearer = settings.secrets.some(({ key }) => key === webhookTokenKey);
		const document = {
			signingSecrets: valid(webhookSecretKey, previousWebhookSecretKey),
			...(takesBearer ? { bearerTokens: valid(webhookTokenKey, previousWebhookTokenKey) } : {}),
		};
		const signing = new StoredSecret(`${name}-signing`, { settings, secretName: "webhook", document }, { parent: this });
		const linkSecrets = this.#linkSecrets(name, settings, valid(webhookSecretKey, previousWebhookSecretKey));
		this.approvalSeals = approves ? this.#approvalSeals(name, args) : {};
		const heard = heardOf(args);
		const secrets = { SECRET_WEBHOOK: signing.arn, ...linkSecrets, ...this.approvalSeals, ...this.#vendorSecrets(name, args, heard) };
		const searches = heard.some(({ inbound }) => inbound.receipt !== undefined);
		this.webhook = new Webhook(
			`${name}-normalizer`,
			{
				settings,
				ledger,
				functionName: "normalizer",
				description: "Takes signed readings from elsewhere through the same pipeline.",
				timeoutSeconds: functionTimeouts.normalizer.seconds,
				// By name: the remediator needs this function's address, so it is made later.
				environment: {
					QUEUE_URL: queue.queueUrl,
					...(approves ? { REMEDIATOR: nameOfFunction(settings, "remediator") } : {}),
					...secrets,
				},
				needs: [...(searches ? ledger.queryDue : []), sendsToQueue(args), readsSecrets(Object.values(secrets))],
			},
			{ parent: this },
		);
		this.links = {
			variables: everyPolicy(settings.runtime).some(holdsLinks) ? { ACKNOWLEDGE_URL: this.webhook.url } : {},
			secretArns: linkSecrets,
		};
		this.registerOutputs({ url: this.webhook.url });
	}

	/** Those that are heard have a secret of their own for it: whoever hears them holds nothing that pages. Nothing where none is heard. */
	#vendorSecrets(name: string, { settings, secrets }: WebhookIntakeArgs, heard: readonly Heard[]): SecretArns {
		if (heard.length === 0) return {};
		const document = Object.fromEntries(heard.map(({ path, keys }) => [path, keys.map((key) => secrets(key))]));
		const stored = new StoredSecret(`${name}-vendors`, { settings, secretName: vendorWebhooksName, document }, { parent: this });
		return { [secretVariable(vendorWebhooksName)]: stored.arn };
	}

	/** Whoever pages signs links, and must be able neither to report a reading nor to approve a remedy: it gets a key that was made of the webhook's. */
	#linkSecrets(name: string, settings: Settings, ofWebhook: readonly pulumi.Output<string>[]): SecretArns {
		if (!everyPolicy(settings.runtime).some(holdsLinks)) return {};
		const document = { signingSecrets: ofWebhook.map((secret) => secret.apply(keyFor("acknowledge links"))) };
		return {
			SECRET_ACKNOWLEDGE: new StoredSecret(`${name}-acknowledge`, { settings, secretName: "acknowledge", document }, { parent: this }).arn,
		};
	}

	/** Anybody may call the normalizer: it tells a forged link by itself, and must not be able to approve. */
	#approvalSeals(name: string, { settings, secrets }: WebhookIntakeArgs): SecretArns {
		const document = { signingSecrets: [secrets(remedyApprovalSecretKey).apply(keyFor("approval links"))] };
		const stored = new StoredSecret(`${name}-approval-links`, { settings, secretName: "approval-links", document }, { parent: this });
		return { SECRET_APPROVAL_LINKS: stored.arn };
	}
}

/** A vendor that is heard, and the configuration keys of the secrets that it may prove itself by. */
interface Heard extends HeardVendor {
	readonly keys: readonly string[];
}

/** The vendors of which such a secret is there: configured for it, or held anyway because the vendor signs with what we prove ourselves with. */
function heardOf({ settings, configured }: WebhookIntakeArgs): readonly Heard[] {
	return heardVendors(everyChannel(settings.runtime)).flatMap((vendor) => {
		const held = vendorOf(vendor.kind).secrets;
		const wanted = Object.keys(vendor.inbound.secrets).map((name) => ({ name, key: secretKey(vendor.credential, name) }));
		const keys = wanted.filter(({ name, key }) => Object.hasOwn(held, name) || configured(key)).map(({ key }) => key);
		return keys.length === 0 ? [] : [{ ...vendor, keys }];
	});
}

/** Nobody can tell the secret from it that it was made of. */
const keyFor =
	(purpose: string) =>
	(secret: string): string =>
		createHmac("sha256", secret).update(purpose).digest("base64url");
