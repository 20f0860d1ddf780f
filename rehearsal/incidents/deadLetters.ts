import {
	ChangeMessageVisibilityBatchCommand,
	DeleteMessageCommand,
	GetQueueAttributesCommand,
	GetQueueUrlCommand,
	type Message,
	ReceiveMessageCommand,
	SendMessageCommand,
	type SQSClient,
} from "@aws-sdk/client-sqs";
import { safeParse } from "valibot";
import { awsFailure } from "../../functions/edges/aws/failure.ts";
import type { DispatchMessage } from "../../functions/pipeline/ports.ts";
import { dispatchMessage } from "../../functions/schemas/dispatchMessage.ts";

/** A message that failed five times. */
export interface DeadLetter {
	/** The id of its message. */
	readonly id: string;
	readonly body: string;
	/** Undefined where the body is no message of ours. */
	readonly message: DispatchMessage | undefined;
	/** When it was first sent; SQS keeps that when it moves a message. */
	readonly sentAt: number;
	readonly receiptHandle: string;
}

export interface DeadLetters {
	/** How many there are, as SQS says, which may lag. Throws EdgeError. */
	count(): Promise<number>;
	/** Hides at most so many from every other reader while `use` looks at them; what it did not remove is there again afterwards. Throws EdgeError. */
	look<R>(most: number, use: (letters: readonly DeadLetter[]) => Promise<R>): Promise<R>;
	/** Sends it to the dispatch queue, and deletes it then: twice rather than never. Throws EdgeError. */
	redrive(letter: DeadLetter): Promise<void>;
	/** Throws EdgeError. */
	drop(letter: DeadLetter): Promise<void>;
}

/** Long enough for an act on each of them, short enough that a command which was broken off hides nothing for long. */
const hiddenSeconds = 120;
const mostInOneCall = 10;

/** The dead letters of the dispatch queue. */
export function deadLetters(client: SQSClient, names: { readonly dead: string; readonly dispatch: string }): DeadLetters {
	const asked = <R>(wanted: string, call: Promise<R>): Promise<R> =>
		call.catch((error: unknown) => Promise.reject(awsFailure("SQS", wanted, error)));
	const urlOf = async (name: string): Promise<string | undefined> =>
		(await asked(`to find the queue ${name}`, client.send(new GetQueueUrlCommand({ QueueName: name })))).QueueUrl;
	const receive = async (QueueUrl: string | undefined, most: number): Promise<readonly DeadLetter[]> => {
		const { Messages = [] } = await asked(
			"to read dead letters",
			client.send(
				new ReceiveMessageCommand({
					QueueUrl,
					MaxNumberOfMessages: Math.min(most, mostInOneCall),
					VisibilityTimeout: hiddenSeconds,
					// Without waiting SQS asks a few of its servers only.
					WaitTimeSeconds: 1,
					MessageSystemAttributeNames: ["SentTimestamp"],
				}),
			),
		);
		return Messages.map(letterOf);
	};
	const drop = async ({ id, receiptHandle }: DeadLetter): Promise<void> => {
		const QueueUrl = await urlOf(names.dead);
		await asked(`to delete the message ${id}`, client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: receiptHandle })));
	};
	return {
		async count() {
			const AttributeNames = ["ApproximateNumberOfMessages" as const, "ApproximateNumberOfMessagesNotVisible" as const];
			const request = new GetQueueAttributesCommand({ QueueUrl: await urlOf(names.dead), AttributeNames });
			const { Attributes: said = {} } = await asked("to count dead letters", client.send(request));
			return AttributeNames.reduce((sum, name) => sum + Number(said[name] ?? 0), 0);
		},
		async look(most, use) {
			const QueueUrl = await urlOf(names.dead);
			const found = new Map<string, DeadLetter>();
			try {
				for (let more = true; more && found.size < most; ) {
					const letters = await receive(QueueUrl, most - found.size);
					more = letters.length > 0;
					for (const letter of letters) found.set(letter.id, letter);
				}
				return await use([...found.values()].toSorted((one, other) => one.sentAt - other.sentAt));
			} finally {
				await show(client, QueueUrl, [...found.values()]);
			}
		},
		async redrive(letter) {
			const QueueUrl = await urlOf(names.dispatch);
			await asked(`to send the message ${letter.id} back`, client.send(new SendMessageCommand({ QueueUrl, MessageBody: letter.body })));
			await drop(letter);
		},
		drop,
	};
}

function letterOf({ MessageId: id = "", Body: body = "", ReceiptHandle: receiptHandle = "", Attributes: said }: Message): DeadLetter {
	const parsed = safeParse(dispatchMessage, parsedJson(body));
	return { id, body, receiptHandle, message: parsed.success ? parsed.output : undefined, sentAt: Number(said?.SentTimestamp ?? 0) };
}

function parsedJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** What was removed meanwhile is refused, and what is not shown again is so after its time. */
async function show(client: SQSClient, QueueUrl: string | undefined, letters: readonly DeadLetter[]): Promise<void> {
	for (let first = 0; first < letters.length; first += mostInOneCall) {
		const Entries = letters
			.slice(first, first + mostInOneCall)
			.map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle, VisibilityTimeout: 0 }));
		await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries })).catch(() => undefined);
	}
}
