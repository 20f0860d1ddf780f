import ts from "typescript";

/** A property of an interface as its source has it. */
export interface DeclaredProperty {
	readonly name: string;
	readonly required: boolean;
	/** Its type without `pulumi.Input` around it. */
	readonly type: string;
}

/** The properties of an interface of a source text. Throws Error where there is none of that name. */
export function propertiesOf(text: string, name: string): readonly DeclaredProperty[] {
	const source = ts.createSourceFile("source.ts", text, ts.ScriptTarget.ESNext, true);
	const found = source.statements.find(
		(each): each is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(each) && each.name.text === name,
	);
	if (found === undefined) throw new Error(`expected an interface ${name}, got none`);
	return found.members.filter(ts.isPropertySignature).map((member) => ({
		name: member.name.getText(source),
		required: member.questionToken === undefined,
		type: bare(member.type?.getText(source) ?? ""),
	}));
}

function bare(type: string): string {
	const without = type.replaceAll("pulumi.Input<", "<").replaceAll(/\s+/g, " ");
	const [, inner] = /^<(.*)>$/.exec(without) ?? [];
	return inner ?? without;
}
