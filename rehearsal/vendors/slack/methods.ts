import type { SlackAnswer } from "./answer.ts";
import { isTrue, textOf } from "./arguments.ts";
import { type Block, kept, readBlocks } from "./blocks.ts";
import { historyOf, messageBody } from "./history.ts";
import { identity, type SlackChannel, type SlackMetadata, type SlackWorkspace } from "./workspace.ts";

type Given = Readonly<Record<string, unknown>>;

export interface Method {
	/** The scopes that it needs, each for one kind of channel. */
	readonly scopes: { readonly public?: string; readonly private?: string };
	/** Calls a minute, by the method's own page; absent: by the channel. */
	readonly perMinute?: number;
	readonly run: (workspace: SlackWorkspace, given: Given) => SlackAnswer;
}

/** docs.slack.dev, "Rate limits": tier 3 is 50 and more a minute, and two methods take hundreds. */
const tier3 = 50;
const hundreds = 200;

/** docs.slack.dev, "chat.postMessage": what is longer is truncated. */
const longestText = 40_000;

const address = "https://rehearsal.slack.com/";

const writes = { public: "chat:write", private: "chat:write" } as const;

/** The methods by their names, as docs.slack.dev describes each. */
export const methods: Readonly<Record<string, Method>> = {
	"auth.test": { scopes: {}, perMinute: hundreds, run: () => ({ url: address, ...identity, is_enterprise_install: false }) },
	"chat.postMessage": { scopes: writes, run: postMessage },
	"chat.update": { scopes: writes, perMinute: tier3, run: update },
	"chat.getPermalink": { scopes: {}, perMinute: hundreds, run: permalink },
	"conversations.history": {
		scopes: { public: "channels:history", private: "groups:history" },
		perMinute: tier3,
		run: (workspace, given) => inChannel(workspace, given, ({ id }) => historyOf(workspace, id, given)),
	},
};

/** What a method does in a channel that the bot can use. */
function inChannel(workspace: SlackWorkspace, given: Given, work: (channel: SlackChannel) => SlackAnswer): SlackAnswer {
	const channel = workspace.channel(textOf(given, "channel"));
	if (channel === undefined) return { error: "channel_not_found" };
	return channel.isMember ? work(channel) : { error: "not_in_channel" };
}

function postMessage(workspace: SlackWorkspace, given: Given): SlackAnswer {
	return inChannel(workspace, given, ({ id: channel, isArchived }) => {
		if (isArchived) return { error: "is_archived" };
		const content = contentOf(given);
		if ("error" in content) return content;
		const threadTs = textOf(given, "thread_ts");
		// What becomes of a reply to nothing is not documented: an assumption, the one that is noticed soonest.
		if (threadTs !== "" && workspace.message(channel, threadTs) === undefined) return { error: "cannot_reply_to_message" };
		const thread = threadTs === "" ? {} : { threadTs };
		const message = workspace.post({ channel, ...content, ...thread, isBroadcast: isTrue(given, "reply_broadcast") });
		return { channel, ts: message.ts, message: messageBody(message, { isWhole: true }) };
	});
}

function update(workspace: SlackWorkspace, given: Given): SlackAnswer {
	return inChannel(workspace, given, ({ id: channel }) => {
		const message = workspace.message(channel, textOf(given, "ts"));
		if (message === undefined) return { error: "message_not_found" };
		const content = contentOf(given);
		if ("error" in content) return content;
		const changed = workspace.update(message, content);
		return { channel, ts: changed.ts, text: changed.text, message: messageBody(changed, { isWhole: true }) };
	});
}

function permalink(workspace: SlackWorkspace, given: Given): SlackAnswer {
	const channel = workspace.channel(textOf(given, "channel"));
	if (channel === undefined) return { error: "channel_not_found" };
	const message = workspace.message(channel.id, textOf(given, "message_ts"));
	if (message === undefined) return { error: "message_not_found" };
	const thread = message.threadTs === undefined ? "" : `?thread_ts=${message.threadTs}&cid=${channel.id}`;
	return { channel: channel.id, permalink: `${address}archives/${channel.id}/p${message.ts.replace(".", "")}${thread}` };
}

interface Content {
	readonly text: string;
	readonly blocks: readonly Block[];
	readonly metadata?: SlackMetadata;
}

/** What a message says, or why it cannot be said. */
function contentOf(given: Given): Content | { readonly error: string; readonly response_metadata?: unknown } {
	const text = kept(textOf(given, "text").slice(0, longestText));
	const read = given.blocks === undefined ? { blocks: [] } : readBlocks(given.blocks);
	if ("problem" in read) return { error: "invalid_blocks", response_metadata: { messages: [`[ERROR] ${read.problem}`] } };
	if (text === "" && read.blocks.length === 0) return { error: "no_text" };
	if (given.metadata === undefined) return { text, blocks: read.blocks };
	return isMetadata(given.metadata) ? { text, blocks: read.blocks, metadata: given.metadata } : { error: "invalid_metadata_format" };
}

function isMetadata(given: unknown): given is SlackMetadata {
	if (typeof given !== "object" || given === null) return false;
	const { event_type: type, event_payload: payload }: Given = { ...given };
	return typeof type === "string" && /^\w+$/.test(type) && typeof payload === "object" && payload !== null && !Array.isArray(payload);
}
