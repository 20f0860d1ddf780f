import * as pulumi from "@pulumi/pulumi";
import { Integration, IntegrationAction } from "../../sdks/genesyscloud/index.ts";
import { type ActionContract, type ActionSet, actionName, actionPlaceholder, categoryPlaceholder, contractSchemas } from "./dataAction.ts";

export interface DataActionsArgs {
	readonly set: ActionSet;
	/** What the integration is for, for whoever finds it in Genesys Cloud. */
	readonly notes: string;
	readonly integrationType: "custom-rest-actions" | "purecloud-data-actions" | "aws-lambda-data-actions";
	/** Slot → id of the credential. */
	readonly credentials: Readonly<Record<string, pulumi.Input<string>>>;
	/** What actions without a URL of their own call. */
	readonly functionArn?: pulumi.Input<string>;
}

/** What a placeholder stands for. */
export interface Substitution {
	readonly text: pulumi.Output<string>;
	/** Of the resource that carries the text: another one may come to carry the same. */
	readonly id: pulumi.Output<string>;
}

/** One enabled integration and its data actions. */
export class DataActions extends pulumi.ComponentResource {
	/** Placeholder → name, out of the resources: whoever uses them waits for the integration and its actions. */
	readonly substitutions: Readonly<Record<string, Substitution>>;

	constructor(name: string, args: DataActionsArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:DataActions", name, {}, opts);
		const { set } = args;
		const integration = new Integration(
			`${name}-integration`,
			{
				integrationType: args.integrationType,
				intendedState: "ENABLED",
				config: { name: set.category, notes: args.notes, properties: "{}", advanced: "{}", credentials: args.credentials },
			},
			{ parent: this },
		);
		// The name is ours; it waits for the integration, not for its configuration, which a preview may not know.
		const category = integration.id.apply(() => set.category);
		const actions = Object.entries(set.actions).map(([key, contract]) => {
			const action = new IntegrationAction(
				`${name}-${key}`,
				{
					name: actionName(contract),
					category,
					integrationId: integration.id,
					...contractSchemas(contract),
					configTimeoutSeconds: contract.timeoutSeconds,
					...configOf(contract, args.functionArn),
				},
				{ parent: this },
			);
			return [actionPlaceholder(set.key, key), { text: action.name, id: action.id }] as const;
		});
		this.substitutions = { [categoryPlaceholder(set.key)]: { text: category, id: integration.id }, ...Object.fromEntries(actions) };
		this.registerOutputs({ substitutions: this.substitutions });
	}
}

function configOf({ request, response }: ActionContract, functionArn: pulumi.Input<string> | undefined) {
	const requestUrlTemplate = request.url ?? functionArn;
	if (requestUrlTemplate === undefined) throw new Error("Expected a URL in the contract or a functionArn, got neither");
	return {
		configRequest: {
			requestType: request.type,
			requestUrlTemplate,
			...(request.body === undefined ? {} : { requestTemplate: request.body }),
			headers: request.headers ?? {},
		},
		configResponse: {
			translationMap: response.translationMap ?? {},
			translationMapDefaults: response.translationMapDefaults ?? {},
			successTemplate: response.template,
		},
	};
}
