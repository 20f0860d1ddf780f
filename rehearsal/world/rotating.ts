import { nameOfSecret } from "../../components/aws/names.ts";
import { secretKey } from "../../vendors/credentials.ts";
import { vendorOf } from "../../vendors/kinds.ts";
import type { SecretVersions } from "../aws/secretVersions.ts";
import { arnOfSecret } from "../aws/state.ts";
import { beginRotation, cancelRotation, finishRotation, type RotatePorts, type Stepped } from "../rotate/act.ts";
import { prove } from "../rotate/proof.ts";
import { credentialsOfStack, isRotatable, type RotatableSecret, withSecret } from "../rotate/rotatable.ts";
import { rehearsedVault } from "../rotate/vault.ts";
import type { Happens } from "../scenario/scenario.ts";
import type { VendorAccount } from "../vendors/emulator.ts";
import { ownerOf } from "../vendors/emulators.ts";
import { systemOfCredential } from "./faults.ts";
import type { OfflineWorld } from "./offlineWorld.ts";

type RotationVerb = Extract<Happens, { do: "rotates" | "deploys-key" | "revokes" }>;

/** Somebody takes a step of a rotation, by the command's own rules on the stack's secrets; deploys a key; or revokes the first one at its vendor. */
export async function rotateByHand(world: OfflineWorld, verb: RotationVerb): Promise<void> {
	const { timeline } = world;
	switch (verb.do) {
		case "revokes":
			renewed(world, verb.client).endOld();
			timeline.log({ who: "scenario", what: "fault-began", outcome: systemOfCredential(verb.client), detail: revoked(verb.client) });
			return;
		case "deploys-key":
			deployKey(world, rotatable(world, verb.client), verb.key);
			timeline.log({ who: "person", what: "rotated", outcome: "deployed", detail: `${verb.client}: the ${verb.key} one, by pulumi up` });
			if (verb.key === "new" && timeline.events.some(({ detail }) => detail === revoked(verb.client)))
				timeline.log({ who: "scenario", what: "fault-ended", outcome: systemOfCredential(verb.client) });
			return;
		case "rotates": {
			const { reason } = await step(world, verb);
			timeline.log({ who: "person", what: "rotated", outcome: reason, detail: `${verb.client}: ${verb.step} (${verb.by}: ${verb.why})` });
		}
	}
}

/** From then until the second one is deployed, the workflow's copy is refused. */
const revoked = (client: string): string => `${client}: the first key is revoked`;

async function step(world: OfflineWorld, { step: wanted, client, key, by: who, why }: Extract<RotationVerb, { do: "rotates" }>) {
	const credential = rotatable(world, client);
	const ports = portsOf(world, credential);
	if (wanted === "finish") return finishRotation(ports, credential, { who, why });
	if (wanted === "cancel") return cancelRotation(ports, credential, { who, why });
	const values = Object.entries(valuesOf(world, credential, key));
	let last: Stepped = { reason: "none" };
	for (const [secret, value] of values) {
		last = await beginRotation(ports, credential, { secret, value, unchecked: false, who, why });
		if (last.reason !== "begun") return last;
	}
	return last;
}

function portsOf(world: OfflineWorld, credential: RotatableSecret): RotatePorts {
	const { aws, clock, settings, vendors } = world;
	const [table] = aws.state.tables;
	if (table === undefined) throw new Error("rotates: expected the stack to declare the ledger's table, got none");
	const { runtime } = settings;
	const access = {
		settings: runtime,
		fetch: (kind: keyof typeof vendors) => (async (input, init) => vendors[kind].fetch(new Request(input, init))) satisfies typeof fetch,
		track: <T>(_: string, work: () => Promise<T>) => work(),
	};
	return {
		ledger: table.ledger,
		environment: runtime.environment,
		clock,
		vault: rehearsedVault(versionsOf(world, credential), () => clock.now()),
		prove: (text) => prove(access, credential, text),
	};
}

function rotatable({ settings }: OfflineWorld, name: string): RotatableSecret {
	const known = credentialsOfStack(settings).filter(isRotatable);
	const found = known.find((each) => each.name === name);
	if (found === undefined) throw new Error(`Expected a credential that can be rotated, got ${name}`);
	return found;
}

function versionsOf({ aws, settings }: OfflineWorld, { name }: RotatableSecret): SecretVersions {
	const versions = aws.state.secrets.get(arnOfSecret(aws.state, nameOfSecret(settings, name)));
	if (versions === undefined) throw new Error(`Expected a declared secret of ${name}, got none`);
	return versions;
}

function renewed({ vendors }: OfflineWorld, client: string) {
	const owner = ownerOf(client);
	const account: VendorAccount | undefined = owner && vendors[owner.kind];
	const made = account?.renew?.(owner?.place ?? "");
	if (made === undefined) throw new Error(`Expected a vendor that takes two credentials at once, got ${client}`);
	return made;
}

/** The values to rotate to, by the names of the credential's secrets. */
function valuesOf(world: OfflineWorld, { name, secrets }: RotatableSecret, key: "new" | "wrong"): Readonly<Record<string, string>> {
	const issued = renewed(world, name).secrets;
	const wrong = (value: string): string => [...value].toReversed().join("");
	return Object.fromEntries(
		secrets.map((secret) => {
			const value = issued[secretKey(name, secret)] ?? "";
			return [secret, key === "new" ? value : wrong(value)];
		}),
	);
}

/** Writes the functions' copy and the workflow's, as the program does. */
function deployKey(world: OfflineWorld, credential: RotatableSecret, key: "new" | "wrong"): void {
	const versions = versionsOf(world, credential);
	const current = versions.at("AWSCURRENT")?.text ?? "{}";
	const values = Object.entries(valuesOf(world, credential, key));
	const text = values.reduce((made, [secret, value]) => withSecret(credential, made, secret, value), current);
	versions.put(`deployment-${world.clock.now()}`, text, world.clock.now());
	if (!credential.hasCopy || credential.kind === undefined || vendorOf(credential.kind).credential.genesys === undefined) return;
	const document: Readonly<Record<string, string>> = JSON.parse(current);
	for (const [secret, value] of values) world.genesys.world.replaceInCredentials(document[secret] ?? "", value);
}
