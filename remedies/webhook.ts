import { type Order, remedyKind } from "./remedy.ts";

/** Calls the customer's own endpoint, signed like our own webhook; the same endpoint is told when it must undo. */
export const webhook = remedyKind({
	kind: "webhook",
	settings: {
		url: {
			kind: "text",
			pattern: /^(?=.{1,500}$)https:\/\/[^\s/@#]+(\/[^\s@#]*)?$/,
			expected: "an HTTPS address of at most 500 characters, without credentials or fragment",
			about: "Told to do and to undo by a signed POST.",
		},
	},
	identity: ({ url }) => url,
	// The path of an address may be its secret.
	does: ({ url }) => `It tells ${hostOf(url)}, a system of your own, to do what was agreed for this failure.`,
	undoes: ({ url }) => `Then ${hostOf(url)} is told to undo it.`,
	needs: { signs: true },
	inspect: async () => "",
	act: async (order, { post }) => {
		const delivery = deliveryOf(order, "do");
		await post(order.remedy.url, bodyOf(order, "do"), delivery, "the order to do a remedy");
		return { receipt: delivery };
	},
	progress: async () => "done",
	undo: async (order, { post }) => {
		await post(order.remedy.url, bodyOf(order, "undo"), deliveryOf(order, "undo"), "the order to undo a remedy");
		return "undone";
	},
});

const hostOf = (url: string): string => url.replace(/^https:\/\//, "").replace(/[/?:].*$/, "");

type Action = "do" | "undo";

const deliveryOf = ({ incidentKey, occurrence }: Order<unknown>, action: Action): string => `${incidentKey}:${occurrence}:${action}`;

function bodyOf({ environment, incidentKey, occurrence, condition, entityId, entityName, severity }: Order<unknown>, action: Action) {
	const entity = { id: entityId, name: entityName };
	return { schema: "genesyscloud-runbooks/remedy/1", action, environment, incidentKey, occurrence, condition, entity, severity };
}
