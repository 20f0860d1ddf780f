import { isSecretKey, namespace, webhookSecretKey, webhookTokenKey } from "../../components/settings/secrets.ts";
import type { StackFile } from "../scenario/stackFile.ts";
import { accountAt, emulatedKinds, emulatorOf, type VendorAccounts, type VendorSystem } from "../vendors/emulators.ts";
import { watchSecrets } from "./deadMansSwitch.ts";
import { remedySecrets } from "./remedyWorld.ts";

/** What signs readings, and what other systems show, in every rehearsal. */
export const webhookSecrets = { signing: "rehearsal-webhook-signing-secret", bearer: "rehearsal-webhook-bearer-token" } as const;

/** Every secret that the stack needs is issued by its vendor, whatever the stack file holds; of those that tell by webhooks, what they sign with, too. */
export function issueSecrets(
	file: StackFile,
	{ vendors }: { readonly vendors: VendorAccounts },
	telling: readonly VendorSystem[],
): Readonly<Record<string, string>> {
	const { settings } = file;
	const issued: [string, string][] = emulatedKinds.flatMap((kind) => Object.entries<string>(vendors[kind].secrets));
	for (const kind of emulatedKinds)
		if (telling.includes(emulatorOf(kind).system)) issued.push(...Object.entries(accountAt(vendors, kind).webhookSecrets ?? {}));
	issued.push([webhookSecretKey, webhookSecrets.signing]);
	if (settings.secrets.some(({ key }) => key === webhookTokenKey)) issued.push([webhookTokenKey, webhookSecrets.bearer]);
	for (const secret of settings.secrets) if (secret.system === "remedy") issued.push([secret.key, remedySecrets[secret.field]]);
	for (const secret of settings.secrets) if (secret.system === "watch") issued.push([secret.key, watchSecrets[secret.field]]);
	for (const secret of settings.secrets) if (secret.system === "ledger") issued.push([secret.key, "rehearsal-redis-password"]);
	return Object.fromEntries(issued.filter(([key]) => isSecretKey(key)).map(([key, value]) => [`${namespace}:${key}`, value]));
}
