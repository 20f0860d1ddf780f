import { hasArrived } from "../vendors/twilioMessages.ts";
import { type Facts, type Story, secondsOf } from "./facts.ts";

/** Something that reached a vendor: a page, or the news of its end. */
export interface Arrival {
	readonly kind: "page" | "end";
	/** Seconds from the start. */
	readonly at: number;
	readonly where: string;
	/** What people read first: the title of an incident, or the whole message. */
	readonly text: string;
	/** Whether it was in the phone when the story ended; PagerDuty shows what it has. */
	readonly arrived: boolean;
	/** When a person answered it. */
	readonly answeredAt?: number;
	readonly resolvedAt?: number;
}

/** Everything that reached the vendors of one occurrence, by its vendor key, or by the reference or the link in its text. */
export function arrivalsOf(facts: Facts, { incident, occurrence }: Story): readonly Arrival[] {
	const prefix = `${incident}:${occurrence}:`;
	const incidents = facts.pagerduty
		.filter(({ incidentKey }) => incidentKey.startsWith(prefix))
		.map(
			({ serviceName, title, createdAt, answeredAt, resolvedAt }): Arrival => ({
				kind: "page",
				at: secondsOf(facts, createdAt),
				where: `the service ${serviceName}`,
				text: title,
				arrived: true,
				...(answeredAt === undefined ? {} : { answeredAt: secondsOf(facts, answeredAt) }),
				...(resolvedAt === undefined ? {} : { resolvedAt: secondsOf(facts, resolvedAt) }),
			}),
		);
	const messages = facts.sms
		.filter(({ body }) => body.includes(` ref ${prefix}`) || body.includes(`/${prefix}`))
		.map(
			({ to, body, createdAt, status }): Arrival => ({
				kind: body.startsWith("RECOVERED") ? "end" : "page",
				at: secondsOf(facts, createdAt),
				where: to,
				text: body,
				arrived: hasArrived(status),
			}),
		);
	return [...incidents, ...messages];
}
