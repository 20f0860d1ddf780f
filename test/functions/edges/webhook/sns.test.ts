import { expect, test } from "vitest";
import { snsTopics } from "../../../../functions/edges/webhook/sns.ts";

const url = "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-1.pem";

function topicsOver(answer: () => Response) {
	const asked: string[] = [];
	const topics = snsTopics(async (input, init) => {
		asked.push(`${String(input)} ${init?.redirect}`);
		return answer();
	});
	return { topics, asked };
}

test("a certificate is asked for once, and no redirect is followed", async () => {
	const { topics, asked } = topicsOver(() => new Response("certificate"));
	expect([await topics.certificate(url), await topics.certificate(url)]).toEqual(["certificate", "certificate"]);
	expect(asked).toEqual([`${url} manual`]);
});

test("a subscription is confirmed at the SNS of the topic's own region", async () => {
	const { topics, asked } = topicsOver(() => new Response("<ConfirmSubscriptionResponse/>"));
	await topics.confirm("arn:aws:sns:eu-central-1:123456789012:alarms", "a&b");
	await topics.confirm("arn:aws-cn:sns:cn-north-1:123456789012:alarms", "c");
	expect(asked.map((each) => each.replace(/ manual$/, ""))).toEqual([
		"https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=arn%3Aaws%3Asns%3Aeu-central-1%3A123456789012%3Aalarms&Token=a%26b&Version=2010-03-31",
		"https://sns.cn-north-1.amazonaws.com.cn/?Action=ConfirmSubscription&TopicArn=arn%3Aaws-cn%3Asns%3Acn-north-1%3A123456789012%3Aalarms&Token=c&Version=2010-03-31",
	]);
	for (const arn of ["evil.example", "arn:aws:sns:evil.example:123456789012:alarms", "arn:aws:sns:cn-north-1:123456789012:alarms"])
		await expect(topics.confirm(arn, "t")).rejects.toMatchObject({ reason: "misconfigured" });
	expect(asked).toHaveLength(2);
});

test.each([
	{ name: "a redirect", answer: () => new Response(null, { status: 302 }), reason: "unavailable", retry: true },
	{ name: "something far too long", answer: () => new Response("x".repeat(20_000)), reason: "malformed", retry: true },
	{
		name: "no answer",
		answer: () => {
			throw new TypeError(`fetch failed: ${url}`);
		},
		reason: "unreachable",
		retry: true,
	},
])("$name fails as such, is not kept, and names no address", async ({ answer, reason, retry }) => {
	const { topics, asked } = topicsOver(answer);
	const failed = await topics.certificate(url).catch((error: unknown) => error);
	expect(failed).toMatchObject({ reason, retry });
	expect(Object(failed).message).not.toContain("amazonaws");
	await topics.certificate(url).catch(() => undefined);
	expect(asked).toHaveLength(2);
});
