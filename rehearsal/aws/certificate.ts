import { createSign, generateKeyPairSync, type KeyObject } from "node:crypto";

/** Who signs, and the certificate that says so. */
export interface Signer {
	readonly privateKey: KeyObject;
	/** X.509, in PEM. */
	readonly certificate: string;
}

/** A new key with a certificate that it has signed itself (RFC 5280, version 1): as much as a reader of the public key looks at. */
export function selfSigned(commonName: string): Signer {
	const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
	const name = sequence(set(sequence(oid.commonName, der(0x0c, Buffer.from(commonName)))));
	const validity = sequence(der(0x17, Buffer.from("200101000000Z")), der(0x17, Buffer.from("491231235959Z")));
	const algorithm = sequence(oid.sha256WithRsa, der(0x05, Buffer.alloc(0)));
	const body = sequence(der(0x02, Buffer.of(1)), algorithm, name, validity, name, publicKey.export({ type: "spki", format: "der" }));
	const signature = createSign("RSA-SHA256").update(body).sign(privateKey);
	const text = sequence(body, algorithm, der(0x03, Buffer.concat([Buffer.of(0), signature]))).toString("base64");
	const lines = text.match(/.{1,64}/g) ?? [];
	return { privateKey, certificate: ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n") };
}

/** One value of DER: its tag, its length, itself. */
function der(tag: number, content: Buffer): Buffer {
	const { length } = content;
	const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
	return Buffer.concat([Buffer.of(tag, ...size), content]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, Buffer.concat(parts));
const set = (...parts: readonly Buffer[]): Buffer => der(0x31, Buffer.concat(parts));

const oid = {
	commonName: der(0x06, Buffer.from("550403", "hex")),
	sha256WithRsa: der(0x06, Buffer.from("2a864886f70d01010b", "hex")),
};
