import type { OtherCredential } from "./rotatable.ts";

/** What is to be done for a credential that this command cannot rotate. */
export function otherWay({ name, sort }: OtherCredential, stack: string): readonly string[] {
	if (sort === "role")
		return [
			`${name}: there is nothing to rotate.`,
			"The functions prove themselves by their own role in AWS, whose keys AWS",
			"replaces every few hours.",
		];
	return [
		`${name}: an OAuth client of Genesys Cloud has one secret, and a new one`,
		"ends the old one at once. So the program makes a second client beside it:",
		"",
		`  pulumi stack select ${stack}`,
		`  pulumi config set --path credentials.${name}.generation 2`,
		`  pulumi config set --path credentials.${name}.keepsPrevious true`,
		"  pulumi up",
		"",
		"(the next number, where it was rotated before). The functions go over to it",
		"within five minutes; both are valid. Then:",
		"",
		`  pulumi config rm --path credentials.${name}.keepsPrevious`,
		"  pulumi up",
	];
}
