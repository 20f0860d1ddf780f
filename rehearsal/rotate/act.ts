import {
	carryOut,
	planBegin,
	planCancel,
	planFinish,
	type Rotation,
	type RotationPlan,
	type RotationPorts,
	type RotationReason,
	readRotations,
	recordRotation,
} from "../../functions/pipeline/credentials/rotation.ts";
import type { SecretVault, StoredVersions } from "../../functions/pipeline/credentials/vault.ts";
import type { Clock } from "../../functions/pipeline/ports.ts";
import type { Proof } from "./proof.ts";
import { fieldOf, type RotatableSecret, withSecret } from "./rotatable.ts";

export interface RotatePorts extends RotationPorts {
	readonly clock: Clock;
	readonly vault: SecretVault;
	/** Whether the vendor takes the values of a document. */
	readonly prove: (text: string) => Promise<Proof>;
}

/** Who asks for a step, and why. */
export interface AskedStep {
	readonly who: string;
	readonly why: string;
}

export interface AskedBegin extends AskedStep {
	readonly secret: string;
	readonly value: string;
	/** To store it although its vendor does not take it yet, or nothing could be read that shows it. */
	readonly unchecked: boolean;
}

/** What became of a step: `refused` and `unknown` are the vendor's word on the new value, and nothing was stored. */
export interface Stepped {
	readonly reason: RotationReason | "refused" | "unknown" | "no-value";
	readonly proof?: Proof;
	/** What stands recorded. */
	readonly rotation?: Rotation;
}

/** Stores a new value beside the current one, once its vendor takes it. Throws EdgeError. */
export async function beginRotation(ports: RotatePorts, credential: RotatableSecret, asked: AskedBegin): Promise<Stepped> {
	const versions = await ports.vault.read();
	const { current, next } = versions;
	if (current === undefined) return { reason: "no-value" };
	const wanted = withSecret(credential, next?.text ?? current.text, asked.secret, asked.value);
	const plan = planBegin(versions, wanted, fieldOf(credential, asked.secret));
	if (plan.do === "nothing") return stepped(ports, credential, versions, plan, asked);
	const proof = await ports.prove(wanted);
	if (proof.verdict !== "taken" && !asked.unchecked) return { reason: proof.verdict, proof };
	return { ...(await stepped(ports, credential, versions, plan, asked, wanted)), proof };
}

/** Makes the new value the current one. Throws EdgeError. */
export async function finishRotation(ports: RotatePorts, credential: RotatableSecret, asked: AskedStep): Promise<Stepped> {
	const versions = await ports.vault.read();
	const plan = planFinish(versions, (await readRotations(ports))[credential.name], credential.hasCopy);
	if (plan.do !== "promote") return stepped(ports, credential, versions, plan, asked);
	// It was taken when it was stored; the old one is revoked after this.
	const proof = await ports.prove(versions.next?.text ?? "");
	if (proof.verdict === "refused") return { reason: "refused", proof };
	return { ...(await stepped(ports, credential, versions, plan, asked)), proof };
}

/** Leaves the current value as it is, and forgets the new one. Throws EdgeError. */
export async function cancelRotation(ports: RotatePorts, credential: RotatableSecret, asked: AskedStep): Promise<Stepped> {
	const versions = await ports.vault.read();
	return stepped(ports, credential, versions, planCancel(versions, (await readRotations(ports))[credential.name]), asked);
}

async function stepped(
	ports: RotatePorts,
	{ name }: RotatableSecret,
	versions: StoredVersions,
	plan: RotationPlan,
	{ who, why }: AskedStep,
	wanted?: string,
): Promise<Stepped> {
	await carryOut(ports.vault, versions, plan, wanted);
	if (plan.step === undefined) return { reason: plan.reason };
	return { reason: plan.reason, rotation: await recordRotation(ports, name, { step: plan.step, at: ports.clock.now(), who, why }) };
}
