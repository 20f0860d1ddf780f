/**
 * Writes several items, or none where one has another version than expected: one script is one step for a Redis server. An item is a hash of its
 * version, its value as JSON and its expiry; it is deleted a day after that by the server, and gone for every reader at once.
 * KEYS: the sorted set of what is due, then the items. ARGV: now (epoch ms), the grace (ms), then for each item its name on the due list, the
 * expected version, the value, `dueAt` or "", `exp` or "" (epoch ms). Returns 1 when written, 0 for a conflict.
 */
export const writeScript = `
local now = tonumber(ARGV[1])
for index = 2, #KEYS do
	local at = 3 + (index - 2) * 5
	local found = redis.call('HMGET', KEYS[index], 'version', 'exp')
	local version = found[1] or '0'
	if found[2] and found[2] ~= '' and tonumber(found[2]) <= now then version = '0' end
	if version ~= ARGV[at + 1] then return 0 end
end
for index = 2, #KEYS do
	local at = 3 + (index - 2) * 5
	local name, expected, value, due, exp = ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3], ARGV[at + 4]
	redis.call('HSET', KEYS[index], 'version', string.format('%d', tonumber(expected) + 1), 'value', value, 'exp', exp)
	if exp == '' then redis.call('PERSIST', KEYS[index])
	else redis.call('PEXPIRE', KEYS[index], string.format('%d', math.max(1, tonumber(exp) - now + tonumber(ARGV[2])))) end
	if due == '' then redis.call('ZREM', KEYS[1], name)
	else redis.call('ZADD', KEYS[1], due, name) end
end
return 1
`;
