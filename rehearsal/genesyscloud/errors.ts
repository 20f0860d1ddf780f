/** The vendor's error body (SDK model `ErrorBody`). */
export interface ErrorBody {
	readonly message: string;
	readonly code: string;
	readonly status: number;
	readonly messageParams: Readonly<Record<string, string>>;
	readonly contextId: string;
	readonly details: readonly { readonly errorCode: string; readonly fieldName?: string }[];
	readonly errors: readonly [];
}

interface ErrorExtras {
	readonly messageParams?: Readonly<Record<string, string>>;
	readonly fields?: readonly string[];
	/** Permissions that were missing. */
	readonly permission?: string;
	readonly retryAfterSeconds?: number;
	/** The call is one that this emulator does not have. */
	readonly unimplemented?: boolean;
}

/** A call that is refused: status and code are the vendor's (public API definition; 409 codes and contract problems are assumptions). */
export class ApiError extends Error {
	readonly status: number;
	readonly code: string;
	readonly extras: ErrorExtras;

	constructor(status: number, code: string, message: string, extras: ErrorExtras = {}) {
		super(message);
		this.name = "ApiError";
		this.status = status;
		this.code = code;
		this.extras = extras;
	}

	/** The answer's body; `contextId` is the correlation id of the call. */
	body(contextId: string): ErrorBody {
		return {
			message: this.message,
			code: this.code,
			status: this.status,
			messageParams: this.extras.messageParams ?? {},
			contextId,
			details: (this.extras.fields ?? []).map((fieldName) => ({ errorCode: this.code, fieldName })),
			errors: [],
		};
	}
}

export function badRequest(message: string, fields: readonly string[] = []): ApiError {
	return new ApiError(400, "bad.request", message, { fields });
}

export function notFound(what: string, id: string): ApiError {
	return new ApiError(404, "not.found", `The requested ${what} was not found: ${id}`);
}

export function conflict(message: string): ApiError {
	return new ApiError(409, "general.conflict", message);
}
