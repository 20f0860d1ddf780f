import { type ChannelKind, channelKinds, vendorOf } from "./kinds.ts";
import { givenName } from "./patterns.ts";
import { settingOf } from "./settings.ts";

type SomeChannel = Parameters<typeof settingOf>[0];

/** The name of the credential that a channel uses: its secret, its budget and its breaker have it, too. */
export function credentialOf(channel: SomeChannel): string {
	const { name, per } = vendorOf(channel.kind).credential;
	return per === undefined ? name : `${name}-${settingOf(channel, per)}`;
}

/** Of several channels each credential once, in the order of the vendors; a channel that does not say which is left out. */
export function credentialsOf(channels: readonly SomeChannel[]): readonly { readonly credential: string; readonly kind: ChannelKind }[] {
	return channelKinds.flatMap((kind) => {
		const { per } = vendorOf(kind).credential;
		const named = channels.filter((channel) => channel.kind === kind && (per === undefined || settingOf(channel, per) !== ""));
		return [...new Set(named.map(credentialOf))].map((credential) => ({ credential, kind }));
	});
}

/** Whether a credential is anything that has to be kept: a service of AWS knows the functions by their roles. */
export const isStored = (kind: ChannelKind): boolean => {
	const { secrets, credential } = vendorOf(kind);
	return Object.keys(secrets).length > 0 || (credential.holds ?? []).length > 0;
};

/** The key of a secret in a stack file. */
export const secretKey = (credential: string, secret: string): string => `${credential}-${secret}`;

/** A given name within a longer expression. */
const given = givenName.pattern.source.slice(1, -1);

/** The names that the credentials of this vendor can have. */
function patternOf(kind: ChannelKind): string {
	const { name, per } = vendorOf(kind).credential;
	return per === undefined ? name : `${name}-${given}`;
}

/** Regular expressions of the names that credentials of vendors can have, and how people are told of them. */
export const credentialPatterns: readonly { readonly pattern: string; readonly words: string }[] = channelKinds.map((kind) => {
	const { name, per } = vendorOf(kind).credential;
	return { pattern: patternOf(kind), words: per === undefined ? name : `${name}-<${per}>` };
});

const named = new RegExp(`^(${credentialPatterns.map(({ pattern }) => pattern).join("|")})$`);

/** Whether a vendor's credential can have this name. */
export const isVendorCredential = (name: string): boolean => named.test(name);

/** Every credential that vendors can have, as people name one of it. */
export const everyCredential: readonly { readonly kind: ChannelKind; readonly called: string }[] = channelKinds.map((kind) => {
	const { name, per } = vendorOf(kind).credential;
	return { kind, called: per === undefined ? name : `${name}-<${per}>` };
});

/** Regular expressions of every key that a vendor's secret can have, needed by the channels of today or not, and what it is for. */
export const secretKeyPatterns: readonly { readonly pattern: string; readonly words: string }[] = channelKinds.flatMap((kind) => {
	const { secrets, inbound } = vendorOf(kind);
	return Object.entries({ ...inbound?.secrets, ...secrets }).map(([secret, words]) => ({
		pattern: secretKey(patternOf(kind), secret),
		words,
	}));
});

/** Whose credential has this name; undefined for one that is no vendor's. */
const ownerOf = (credential: string): ChannelKind | undefined =>
	channelKinds.find((kind) => {
		const { name, per } = vendorOf(kind).credential;
		return per === undefined ? credential === name : credential.startsWith(`${name}-`);
	});

/** How people call a vendor's credential, by its name; undefined for one that is no vendor's. */
export function credentialWords(credential: string): string | undefined {
	const owner = ownerOf(credential);
	if (owner === undefined) return undefined;
	const { name, per, words } = vendorOf(owner).credential;
	return per === undefined ? words : `${words} ${credential.slice(name.length + 1)}`;
}

/** The heading of a credential's page in docs/credentials.md: one for all that a vendor has of a kind. */
export function pageOfCredential(credential: string): string {
	const owner = ownerOf(credential);
	return owner === undefined ? credential : vendorOf(owner).credential.name;
}

/** Whether its vendor has nothing that could be asked without an effect: only work shows whether such a credential is taken. */
export function isOnlyTried(credential: string): boolean {
	const owner = ownerOf(credential);
	return owner !== undefined && vendorOf(owner).calls.checks.length === 0;
}
