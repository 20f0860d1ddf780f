import * as lambda from "@pulumi/aws/lambda/index.js";
import * as pulumi from "@pulumi/pulumi";
import { ResponderFunction, type ResponderFunctionArgs } from "./responderFunction.ts";

/** A flood at an address that anybody can call takes so much of the account's concurrency and no more: everything else goes on. */
const mostAtOnce = 50;

/** One handler behind a public HTTPS address. The function itself checks each request's signature, so AWS asks for no credentials. */
export class Webhook extends pulumi.ComponentResource {
	readonly url: pulumi.Output<string>;
	readonly functionName: pulumi.Output<string>;
	readonly roleName: pulumi.Output<string>;

	constructor(name: string, args: Omit<ResponderFunctionArgs, "atOnce">, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:Webhook", name, {}, opts);
		const responder = new ResponderFunction(name, { ...args, atOnce: mostAtOnce }, { parent: this });
		const url = new lambda.FunctionUrl(
			`${name}-url`,
			{ functionName: responder.functionName, authorizationType: "NONE", invokeMode: "BUFFERED" },
			{ parent: this },
		);
		// Since October 2025 a function URL needs both permissions; the second holds for calls through the URL only.
		new lambda.Permission(
			`${name}-url-permission`,
			{ function: responder.functionName, action: "lambda:InvokeFunctionUrl", principal: "*", functionUrlAuthType: "NONE" },
			{ parent: this },
		);
		new lambda.Permission(
			`${name}-invoke-permission`,
			{ function: responder.functionName, action: "lambda:InvokeFunction", principal: "*", invokedViaFunctionUrl: true },
			{ parent: this },
		);
		this.url = url.functionUrl;
		this.functionName = responder.functionName;
		this.roleName = responder.roleName;
		this.registerOutputs({ url: this.url, functionName: this.functionName, roleName: this.roleName });
	}
}
