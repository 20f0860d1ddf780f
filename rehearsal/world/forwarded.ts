/** The request as it was made to a vendor's own host, where whoever brought it here says which: a region is told by nothing else. */
export function asForwarded(request: Request): Request {
	const host = request.headers.get("x-forwarded-host");
	if (host === null || !/^[a-z0-9.-]+$/.test(host)) return request;
	const { pathname, search } = new URL(request.url);
	return new Request(`https://${host}${pathname}${search}`, request);
}
