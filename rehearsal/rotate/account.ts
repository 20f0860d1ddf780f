import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { nameOfSecret } from "../../components/aws/names.ts";
import { servedPlaces } from "../../doctor/inputFiles.ts";
import type { Track } from "../../doctor/progress.ts";
import { readRotations } from "../../functions/pipeline/credentials/rotation.ts";
import type { Credentials } from "../../functions/pipeline/credentials/rules.ts";
import { readItem } from "../../functions/pipeline/ledger/store.ts";
import { credentialsKey, pollerKey } from "../../functions/pipeline/model/keys.ts";
import { clientOptionsOf, openLedger } from "../incidents/stackLedger.ts";
import type { StackFile } from "../scenario/stackFile.ts";
import { realClock } from "../world/clock.ts";
import type { RotatePorts } from "./act.ts";
import { type ListedCredential, listed } from "./list.ts";
import { prove } from "./proof.ts";
import { isRotatable, type RotatableSecret, type StackCredential } from "./rotatable.ts";
import { secretsManagerVault } from "./vault.ts";

export interface PlaceFlags {
	readonly table?: string;
	/** What a served world printed. */
	readonly world?: string;
	/** The end of a tunnel to a Redis server. */
	readonly endpoint?: string;
}

/** A stack's secrets and its ledger, with the operator's own AWS credentials. */
export interface RotationAccount {
	ports(credential: RotatableSecret): RotatePorts;
	list(credentials: readonly StackCredential[]): Promise<readonly ListedCredential[]>;
	/** Whether the ledger is the one that the poller of this stack writes to. Throws EdgeError. */
	isOfStack(): Promise<boolean>;
	end(): void;
}

/** Opens it; nothing is asked before something is used. Throws InputFileError. */
export function openRotation(file: StackFile, { table, world, endpoint }: PlaceFlags, track: Track): RotationAccount {
	const { settings, stack } = file;
	const served = world === undefined ? undefined : servedPlaces(world);
	const secrets = new SecretsManagerClient(clientOptionsOf(file, served?.endpoint));
	const opened = openLedger(file, { table, endpoint: served?.endpoint ?? endpoint });
	const { ledger } = opened;
	const { runtime } = settings;
	const { environment } = runtime;
	const vaultOf = ({ name }: { readonly name: string }) => secretsManagerVault(secrets, nameOfSecret(settings, name));
	const access = { settings: runtime, fetch: served?.vendorFetch ?? (() => fetch), track };
	return {
		isOfStack: async () => (await ledger.read(pollerKey(stack))) !== undefined,
		ports: (credential) => ({
			ledger,
			environment,
			clock: realClock,
			vault: vaultOf(credential),
			prove: (text) => prove(access, credential, text),
		}),
		list: async (credentials) => {
			const checked = (await readItem<Credentials>(ledger, credentialsKey(environment))) ?? {};
			const rotations = await readRotations({ ledger, environment });
			const known = { expiries: runtime.credentials ?? {}, checked, rotations };
			return Promise.all(
				credentials.map(async (each) => listed(each, isRotatable(each) ? await track(each.name, () => vaultOf(each).read()) : {}, known)),
			);
		},
		end: () => {
			opened.end();
			secrets.destroy();
		},
	};
}
