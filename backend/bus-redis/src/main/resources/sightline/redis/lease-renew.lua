-- Keeps the lease alive, and makes it again where Redis lost it.
-- KEYS: lease, its last token, hot state's head. ARGV: owner, ms to live, token
-- Gives 1, or 0 where another has had it since.
local mine = tonumber(ARGV[3])
local held = redis.call('HMGET', KEYS[1], 'owner', 'token')
if held[1] and (held[1] ~= ARGV[1] or held[2] ~= ARGV[3]) then
  return 0
end
if tonumber(redis.call('GET', KEYS[2]) or '0') > mine then
  return 0
end
if tonumber(redis.call('HGET', KEYS[3], 'token') or '0') > mine then
  return 0
end
redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'token', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('SET', KEYS[2], ARGV[3])
return 1
