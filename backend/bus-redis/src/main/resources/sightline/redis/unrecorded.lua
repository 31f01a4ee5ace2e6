-- History refused an event: it stays among the pending, with the reason.
-- KEYS: pending. ARGV: channel, message, key, reason
local held = redis.call('HGET', KEYS[1], ARGV[3])
if held then
  local event = string.sub(held, 18 + string.byte(held, 17))
  local value = string.sub(held, 1, 16) .. string.char(#ARGV[4]) .. ARGV[4] .. event
  redis.call('HSET', KEYS[1], ARGV[3], value)
end
redis.call('PUBLISH', ARGV[1], ARGV[2])
return 'ok'
