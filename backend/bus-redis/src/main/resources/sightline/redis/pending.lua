-- Events that wait for history. A value is its place in the order of arrival (16 digits), one byte
-- with the length of the reason why history refused it, that reason, and the event.
-- KEYS: hot state's head, pending.
-- ARGV: token, the epoch that must stand there ('' for any), channel, message, then (key, event)…
local head = redis.call('HMGET', KEYS[1], 'token', 'epoch')
if tonumber(head[1] or '0') > tonumber(ARGV[1]) then
  return 'fenced'
end
if ARGV[2] ~= '' and head[2] ~= ARGV[2] then
  return 'lost'
end
redis.call('HSET', KEYS[1], 'token', ARGV[1])
for i = 5, #ARGV, 2 do
  local place = redis.call('HINCRBY', KEYS[1], 'arrivals', 1)
  redis.call('HSETNX', KEYS[2], ARGV[i], string.format('%016.0f', place) .. '\0' .. ARGV[i + 1])
end
redis.call('PUBLISH', ARGV[3], ARGV[4])
return 'ok'
