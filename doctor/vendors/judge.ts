import { namespace } from "../../components/settings/secrets.ts";
import { valuesAt } from "../../functions/edges/vendors/reading.ts";
import type { FailureReason } from "../../functions/pipeline/ports.ts";
import type { PlaceExpectation } from "../../vendors/call.ts";
import { secretKey } from "../../vendors/credentials.ts";
import { vendorOf } from "../../vendors/kinds.ts";
import { type Finding, fails, holds, isRead, type Subject, unchecked } from "../finding.ts";
import type { CheckReading, CredentialReading, Owner, PlaceReading } from "./read.ts";

const about = ({ credential }: Owner, id: string, what: string): Subject => ({
	id: `vendors.${credential}.${id}`,
	group: "Vendors",
	what: `${credential}, ${what}`,
});

/** What a credential showed, check by check. */
export function judgeCredential(read: CredentialReading): readonly Finding[] {
	if ("missing" in read) {
		const subject = about(read, "secrets", "credential");
		return [unchecked(subject, `nobody has given ${read.missing.join(", ")}`, "Give them by --secrets.")];
	}
	if ("unsigned" in read) return [unchecked(about(read, "keys", "credential"), "no AWS credentials were found to sign with")];
	const { checks, places } = read;
	if (checks.length === 0)
		return [unchecked(about(read, "credential", "credential"), "its vendor has nothing that could be read", tryIt(read))];
	// A key that the place itself tells need not be tried.
	const isTold = places.some(({ call, read: place }) => isRead(place) && call.expects.some(({ must }) => "holdSecret" in must));
	const needed = isTold ? checks.filter(({ read: check }) => check !== "writes") : checks;
	return [...needed.map(judgeCheck), ...places.flatMap(judgePlace)];
}

const tryIt = ({ kind }: Owner): string => `Try it with a message: npm run test:vendor -- ${kind}`;

/** Reasons that say nothing of the credential. */
const passing: readonly FailureReason[] = [
	"unreachable",
	"timeout",
	"rate-limited",
	"unavailable",
	"malformed",
	"budget-spent",
	"circuit-open",
];

export function judgeCheck(reading: CheckReading): Finding {
	const { check, read, elsewhere, kind, credential } = reading;
	const subject = about(reading, check.words.replaceAll(" ", "-"), check.words);
	if (read === "writes") return unchecked(subject, "no read shows it", tryIt(reading));
	if (isRead(read)) return holds(subject);
	const { reason, message } = read.unread;
	const { account, secrets } = vendorOf(kind);
	if (elsewhere !== undefined)
		return fails(
			subject,
			`its key is of ${elsewhere.setting} ${elsewhere.value}`,
			`Set ${namespace}:${account.key}.${elsewhere.setting} to ${elsewhere.value}, or take a key of yours.`,
		);
	if (passing.includes(reason)) return unchecked(subject, message, "Ask again later.");
	if (reason !== "unauthorized") return fails(subject, message, "Look at the account and at what the credential may do there.");
	const keys = Object.keys(secrets).map((name) => `${namespace}:${secretKey(credential, name)}`);
	return fails(subject, message, `Renew at the vendor, then pulumi config set --secret ${keys.join(" or ")}`);
}

function judgePlace(reading: PlaceReading): readonly Finding[] {
	const { call, read, held } = reading;
	if (isRead(read)) return call.expects.map((expected) => judgeExpectation(reading, expected, read.value, held));
	const subject = about(reading, "place", call.words);
	const { reason, message } = read.unread;
	if (reason === "not-found") return [fails(subject, "the vendor has none of this id", "Correct the channel's id in the stack file.")];
	return [unchecked(subject, message)];
}

function judgeExpectation(owner: Owner, expected: PlaceExpectation, answer: unknown, held: Readonly<Record<string, string>>): Finding {
	const { field, must, words, remedy } = expected;
	const subject = about(owner, field, words);
	const found = valuesAt(answer, field).map((value) => value ?? null);
	if ("holdSecret" in must) {
		const holdsIt = found.some((each) => each === held[must.holdSecret]);
		return holdsIt ? holds(subject) : fails(subject, `not among ${found.filter((each) => each !== null).length} keys`, remedy);
	}
	const isFine = (value: unknown) => ("be" in must ? must.be.some((each) => each === value) : !must.notBe.some((each) => each === value));
	const wrong = found.filter((value) => !isFine(value));
	return wrong.length === 0
		? holds(subject)
		: fails(subject, `${field.split(".").at(-1)} is ${wrong.map(String).join(", ").slice(0, 40)}`, remedy);
}
