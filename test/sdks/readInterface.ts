import ts from "typescript";

/** A property of an interface as its source has it. */
export interface DeclaredProperty {
	readonly name: string;
	readonly required: boolean;
	/** Its type without any `pulumi.Input`; of an intersection the first part. */
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
		type: bare(member.type, source),
	}));
}

function bare(type: ts.TypeNode | undefined, source: ts.SourceFile): string {
	if (type === undefined) return "";
	if (ts.isArrayTypeNode(type)) return `${bare(type.elementType, source)}[]`;
	if (ts.isIntersectionTypeNode(type)) return bare(type.types[0], source);
	if (!ts.isTypeReferenceNode(type)) return type.getText(source);
	const [last] = type.typeArguments?.slice(-1) ?? [];
	const name = type.typeName.getText(source);
	if (name === "pulumi.Input") return bare(last, source);
	return name === "Record" ? `Record<string, ${bare(last, source)}>` : name;
}
