import type { SlackAnswer } from "./answer.ts";
import { isTrue, textOf } from "./arguments.ts";

import { identity, type SlackMessage, type SlackWorkspace } from "./workspace.ts";

/** docs.slack.dev, "conversations.history". */
const limits = { usual: 100, most: 999 } as const;

const timestamp = /^\d{1,12}(\.\d{1,6})?$/;

/**
 * The messages between two times, the newest first; of more than the limit those that are nearest to `oldest` where only that is given, and to
 * `latest` otherwise. Replies are in the channel's history where they were broadcast to it.
 */
export function historyOf(workspace: SlackWorkspace, channel: string, given: Readonly<Record<string, unknown>>): SlackAnswer {
	const [oldest, latest] = ["oldest", "latest"].map((name) => textOf(given, name));
	if (given.oldest !== undefined && !timestamp.test(oldest ?? "")) return { error: "invalid_ts_oldest" };
	if (given.latest !== undefined && !timestamp.test(latest ?? "")) return { error: "invalid_ts_latest" };
	const limit = Math.min(limits.most, Number(textOf(given, "limit") || limits.usual));
	const all = workspace.messages().filter((each) => each.channel === channel);
	const isWithin = ({ ts }: SlackMessage): boolean => {
		if (isTrue(given, "inclusive") && (ts === oldest || ts === latest)) return true;
		return (oldest === "" || Number(ts) > Number(oldest)) && (latest === "" || Number(ts) < Number(latest));
	};
	const found = all.filter((each) => isInChannel(each, all) && isWithin(each));
	const page = oldest !== "" && latest === "" ? found.slice(0, limit) : found.slice(-limit);
	const isWhole = isTrue(given, "include_all_metadata");
	return {
		messages: page.toReversed().map((each) => ({ ...messageBody(each, { isWhole }), ...threadOf(each, all) })),
		has_more: found.length > page.length,
		pin_count: 0,
	};
}

/** A message that was deleted leaves a stone where somebody replied to it, and nothing elsewhere. */
const isInChannel = (message: SlackMessage, all: readonly SlackMessage[]): boolean => {
	if (message.isDeleted) return repliesTo(message, all).length > 0;
	return message.threadTs === undefined || message.isBroadcast;
};

const repliesTo = ({ ts }: SlackMessage, all: readonly SlackMessage[]): readonly SlackMessage[] =>
	all.filter(({ threadTs, isDeleted }) => threadTs === ts && !isDeleted);

function threadOf(message: SlackMessage, all: readonly SlackMessage[]): Readonly<Record<string, unknown>> {
	const replies = repliesTo(message, all);
	return replies.length === 0 ? {} : { thread_ts: message.ts, reply_count: replies.length, latest_reply: replies.at(-1)?.ts };
}

/** A message as the API gives it. Without being asked it tells only the type of an app's metadata. */
export function messageBody(message: SlackMessage, { isWhole }: { readonly isWhole: boolean }): Readonly<Record<string, unknown>> {
	const { ts, text, blocks, metadata, threadTs, isBroadcast, editedAt, isDeleted } = message;
	if (isDeleted) return { type: "message", subtype: "tombstone", user: "USLACKBOT", text: "This message was deleted.", hidden: true, ts };
	return {
		type: "message",
		...(threadTs !== undefined && isBroadcast ? { subtype: "thread_broadcast" } : {}),
		user: identity.user_id,
		bot_id: identity.bot_id,
		team: identity.team_id,
		ts,
		text,
		...(blocks.length === 0 ? {} : { blocks }),
		...(threadTs === undefined ? {} : { thread_ts: threadTs }),
		...(metadata === undefined ? {} : { metadata: isWhole ? metadata : { event_type: metadata.event_type } }),
		...(editedAt === undefined ? {} : { edited: { user: identity.user_id, ts: `${Math.floor(editedAt / 1000)}.000000` } }),
	};
}
