import { createHash } from "node:crypto";
import type { Clock } from "../../functions/pipeline/ports.ts";
import type { Iam } from "./iam.ts";
import type { Inputs } from "./inputs.ts";
import type { AccountState } from "./state.ts";

/** What a declaration changes, and where. */
export interface Declaring {
	readonly clock: Clock;
	readonly region: string;
	readonly accountId: string;
	readonly state: AccountState;
	readonly iam: Iam;
	/** The event sources that partners offer to this account. */
	readonly partnerSources: () => readonly string[];
	/** Told when a message of that queue will become visible. */
	readonly visible: (queueArn: string, at: number) => void;
}

/** A resource as its provider answers: its id, and the outputs that the inputs do not have. */
export interface Created {
	readonly id: string;
	readonly outputs: Readonly<Record<string, unknown>>;
}

/** How a type is made. */
export type Create = (declaring: Declaring, name: string, inputs: Inputs) => Created;

/** Hexadecimal, the same in every run. */
export const digest = (text: string, length: number): string => createHash("sha256").update(text).digest("hex").slice(0, length);

/** The ARN of something of this account and region. */
export const arn = ({ region, accountId }: Declaring, service: string, resource: string): string =>
	`arn:aws:${service}:${region}:${accountId}:${resource}`;
