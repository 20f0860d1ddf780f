import * as z from "zod";
import { provision, textOf } from "./provision.ts";

const schedule = provision(
	z.strictObject({
		name: z.string(),
		description: z.string(),
		scheduleExpression: z.literal("rate(1 minute)"),
		flexibleTimeWindow: z.strictObject({ mode: z.string() }),
		state: z.string(),
		target: z.strictObject({ arn: z.string(), roleArn: z.string(), retryPolicy: z.strictObject({ maximumRetryAttempts: z.number() }) }),
	}),
	async ({ call, state }, { name, target, ...inputs }) => {
		const made = await call("scheduler", "CreateSchedule", {
			Name: name,
			Description: inputs.description,
			ScheduleExpression: inputs.scheduleExpression,
			FlexibleTimeWindow: { Mode: inputs.flexibleTimeWindow.mode },
			State: inputs.state,
			Target: {
				Arn: target.arn,
				RoleArn: target.roleArn,
				RetryPolicy: { MaximumRetryAttempts: target.retryPolicy.maximumRetryAttempts },
			},
		});
		const functionName = state.functions.find(({ arn }) => arn === target.arn)?.name;
		if (functionName === undefined) throw new Error(`expected a function to run, got ${target.arn}`);
		const arn = textOf(made, "ScheduleArn");
		state.schedules.push({
			name,
			arn,
			functionName,
			functionArn: target.arn,
			everySeconds: 60,
			roleArn: target.roleArn,
			enabled: inputs.state === "ENABLED",
			input: undefined,
		});
		return { id: name, outputs: { arn } };
	},
);

export const schedulerTypes = { "aws:scheduler/schedule:Schedule": schedule };
