-- Takes the bridge's lease where it is free. KEYS: lease, its last token, hot state's head.
-- ARGV: owner, ms to live, what the token must be above, '1' where a lease that is gone is free
-- Gives {1, token}; or {0, ms that the holder has left}, -2 where the lease is gone.
local owner = redis.call('HGET', KEYS[1], 'owner')
if owner and owner ~= '' then
  return {0, redis.call('PTTL', KEYS[1])}
end
if not owner and ARGV[4] ~= '1' then
  return {0, -2}
end
local now = redis.call('TIME')
local millis = tonumber(now[1]) * 1000 + math.floor(tonumber(now[2]) / 1000)
local last = tonumber(redis.call('GET', KEYS[2]) or '0')
local hot = tonumber(redis.call('HGET', KEYS[3], 'token') or '0')
local token = math.max(last + 1, hot + 1, tonumber(ARGV[3]) + 1, millis)
local text = string.format('%.0f', token)
redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'token', text)
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('SET', KEYS[2], text)
return {1, text}
