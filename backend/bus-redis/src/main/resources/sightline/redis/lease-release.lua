-- Gives the lease up at once. KEYS: lease. ARGV: owner, token, ms that this is remembered
local held = redis.call('HMGET', KEYS[1], 'owner', 'token')
if held[1] == ARGV[1] and held[2] == ARGV[2] then
  redis.call('HSET', KEYS[1], 'owner', '')
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
end
return 'ok'
