import * as z from "zod";
import type { Random } from "./random.ts";

/** What is called: `ledger` is DynamoDB, `queue` SQS, `aws` every other AWS service, `http` every host on the network. */
export const services = ["ledger", "queue", "aws", "http"] as const;
export type Service = (typeof services)[number];

/** Milliseconds, both ends included. */
export interface Span {
	readonly from: number;
	readonly to: number;
}

/** The named distributions: how long a call takes, there and back. */
export const distributions: Readonly<Record<"off" | "normal" | "slow", Readonly<Record<Service, Span>>>> = {
	off: { ledger: { from: 0, to: 0 }, queue: { from: 0, to: 0 }, aws: { from: 0, to: 0 }, http: { from: 0, to: 0 } },
	normal: { ledger: { from: 2, to: 12 }, queue: { from: 4, to: 30 }, aws: { from: 5, to: 40 }, http: { from: 50, to: 300 } },
	slow: { ledger: { from: 5, to: 60 }, queue: { from: 10, to: 120 }, aws: { from: 20, to: 200 }, http: { from: 200, to: 2500 } },
};

const milliseconds = z.number().int().min(0).max(60_000);

/** A distribution's name, or the milliseconds of some services over those of `normal`. */
export const latencySetting = z
	.union([
		z.enum(["off", "normal", "slow"]),
		z.strictObject(
			Object.fromEntries(services.map((service) => [service, z.tuple([milliseconds, milliseconds]).optional()])) as Record<
				Service,
				z.ZodOptional<z.ZodTuple<[typeof milliseconds, typeof milliseconds]>>
			>,
		),
	])
	.describe("How long calls take: a named distribution, or [least, most] milliseconds of some services over those of normal.");
export type LatencySetting = z.output<typeof latencySetting>;

/** The time that calls take. It is zero until `begin`: a deployment takes no virtual time. */
export class Latency {
	readonly #spans: Readonly<Record<Service, Span>>;
	readonly #random: Random;
	#begun = false;

	constructor(setting: LatencySetting, random: Random) {
		this.#spans = typeof setting === "string" ? distributions[setting] : withOverrides(setting);
		this.#random = random;
	}

	begin(): void {
		this.#begun = true;
	}

	/** Whole milliseconds of one way of one call, half of what `distributions` say. Most calls are near the lower end. */
	oneWay(service: Service): number {
		const { from, to } = this.#spans[service];
		if (!this.#begun || to === 0) return 0;
		return Math.round((from + (to - from) * this.#random() ** 3) / 2);
	}
}

function withOverrides(setting: Exclude<LatencySetting, string>): Readonly<Record<Service, Span>> {
	const span = (service: Service): Span => {
		const [from, to] = setting[service] ?? [undefined, undefined];
		return from === undefined || to === undefined ? distributions.normal[service] : { from, to: Math.max(from, to) };
	};
	return { ledger: span("ledger"), queue: span("queue"), aws: span("aws"), http: span("http") };
}
