import { type MessengerOperation, messenger } from "../../contracts/messenger.ts";
import type { Channel } from "../../functions/pipeline/settings.ts";
import { lit } from "../../response/parts.ts";
import type { PlannedChannel } from "../../response/plan.ts";
import { functionTimeouts } from "../functions/functionTimeouts.ts";
import { type ActionContract, type ActionSet, actionRef, contractFields } from "./dataAction.ts";
import { exp } from "./vendors/pageText.ts";

export type MessengerActionSet = ActionSet<MessengerOperation>;

/** The data actions with which the workflow has a function page where no data action can. */
export function messengerActions(base: string): MessengerActionSet {
	return {
		key: "messenger",
		category: `${base} Messenger`,
		actions: { send: operation("send", "Send"), read: operation("read", "Read") },
	};
}

function operation(name: MessengerOperation, verb: string): ActionContract {
	return {
		verb,
		inputs: contractFields(messenger[name].says),
		outputs: contractFields(messenger[name].answers),
		// Longer than the function's own timeout: an answer that is under way is not thrown away.
		timeoutSeconds: functionTimeouts.messenger.seconds + 3,
		request: { type: "POST", body: `{"operation":"${name}","input":\${input.rawRequest}}` },
		response: { template: "${rawResult}" },
	};
}

/** How the workflow pages a tier (from 1) through a channel that only functions can call. */
export function messengerChannel(set: MessengerActionSet, channel: Channel, tier: number): PlannedChannel {
	const place = {
		launchId: exp("Flow.launchId"),
		incidentKey: exp("Flow.incidentKey"),
		occurrence: exp("Flow.occurrence"),
		channel: lit(channel.name),
		tier: lit(tier),
	};
	return {
		name: channel.name,
		send: actionRef(set, "send"),
		sendInputs: place,
		receiptOutput: "receipt",
		needsReceipt: true,
		reasonOutput: "reason",
		looksUpFirst: false,
		read: actionRef(set, "read"),
		// The function itself knows what can be looked for without one.
		readsByReceipt: false,
		readInputs: { ...place, receipt: exp('If(IsSet(State.receipt), State.receipt, "")') },
		readOutputs: { state: "State.readMessenger" },
		provenWhen: ["delivered", "acknowledged", "resolved"].map((state) => `State.readMessenger == "${state}"`).join(" or "),
	};
}
