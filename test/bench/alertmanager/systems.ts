import { countNotices, type Notice } from "./count.ts";
import type { Channels } from "./ours.ts";
import { type Case, failures, repeatSeconds } from "./schedule.ts";
import type { Row } from "./table.ts";

/** Who tells, in the order of the table. One Alertmanager tells both of its receivers; each is counted by itself. */
export const peers = [
	{ name: "Alertmanager → PagerDuty", channel: "pagerduty" },
	{ name: "Alertmanager → webhook", channel: "webhook" },
] as const;

export const ours: readonly { readonly name: string; readonly channels: Channels }[] = [
	{ name: "runbooks → PagerDuty", channels: "pagerduty" },
	{ name: "runbooks → PagerDuty, else SMS", channels: "pagerduty-then-sms" },
];

export function rowOf(given: Case, system: string, notices: readonly Notice[]): Row {
	return { case: given.name, system, ...countNotices(failures, notices, repeatSeconds) };
}

export const peerRows = (given: Case, notices: readonly Notice[]): readonly Row[] =>
	peers.map(({ name, channel }) =>
		rowOf(
			given,
			name,
			notices.filter((notice) => notice.channel === channel),
		),
	);

/** Case by case, and in each case the systems in their order. */
export function inOrder(cases: readonly Case[], rows: readonly Row[]): readonly Row[] {
	const systems = [...peers, ...ours].map(({ name }) => name);
	return cases.flatMap(({ name }) => systems.flatMap((system) => rows.find((row) => row.case === name && row.system === system) ?? []));
}
