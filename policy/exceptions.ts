import { type Resource, shown } from "./resource.ts";

/** What a rule would refuse and must let pass, with the reason. An exception that nothing uses is an error: see `test/policy`. */
export interface Exception {
	readonly rule: string;
	readonly type: string;
	/** The whole of what is let pass: an action, or a principal with its action. */
	readonly what: string;
	/** More that has to be so. */
	readonly only: (inputs: Resource["inputs"]) => boolean;
	readonly why: string;
}

export const exceptions: readonly Exception[] = [
	{
		rule: "no-wildcard-actions",
		type: "aws:kms/key:Key",
		what: "Administer kms:*",
		only: ({ policy }) => /"Principal":\{"AWS":"arn:[\w-]+:iam::\d*:root"\}/.test(shown(policy)),
		why: "The account's own policies decide who administers a key; a key without this statement is administered by nobody, for ever.",
	},
	{
		rule: "no-wildcard-actions",
		type: "aws:kms/key:Key",
		what: "EncryptAlarms kms:GenerateDataKey*",
		only: ({ policy }) => shown(policy).includes('"Service":"cloudwatch.amazonaws.com"'),
		why: "CloudWatch asks for data keys with and without their plain text, as its documentation has it; both only encrypt.",
	},
	{
		rule: "no-wildcard-principals",
		type: "aws:lambda/permission:Permission",
		what: "* lambda:InvokeFunctionUrl",
		only: ({ functionUrlAuthType }) => functionUrlAuthType === "NONE",
		why: "Anybody may call the webhook: the function checks each request's signature, and its concurrency is bounded.",
	},
	{
		rule: "no-wildcard-principals",
		type: "aws:lambda/permission:Permission",
		what: "* lambda:InvokeFunction",
		only: ({ invokedViaFunctionUrl }) => invokedViaFunctionUrl === true,
		why: "A function URL needs it besides since October 2025; it holds for calls through the URL only.",
	},
];

/** The exception by which this may stand; undefined where it may not. */
export const exceptionFor = (rule: string, { type, inputs }: Resource, what: string): Exception | undefined =>
	exceptions.find((each) => each.rule === rule && each.type === type && each.what === what && each.only(inputs));
