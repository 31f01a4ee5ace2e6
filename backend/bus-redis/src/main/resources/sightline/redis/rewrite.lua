-- Writes hot state anew, under another epoch; the stream stays.
-- KEYS: its head, devices, pending.
-- ARGV: token, epoch, number, how many devices, then (id, record)…, then (key, reason, event)…
local token = redis.call('HGET', KEYS[1], 'token')
if tonumber(token or '0') > tonumber(ARGV[1]) then
  return 'fenced'
end
redis.call('DEL', KEYS[2], KEYS[3])
redis.call('HSET', KEYS[1], 'token', ARGV[1], 'epoch', ARGV[2], 'number', ARGV[3])
local devices = 4 + 2 * tonumber(ARGV[4])
for i = 5, devices, 1000 do
  redis.call('HSET', KEYS[2], unpack(ARGV, i, math.min(i + 999, devices)))
end
for i = devices + 1, #ARGV, 3 do
  local place = redis.call('HINCRBY', KEYS[1], 'arrivals', 1)
  local reason = string.char(#ARGV[i + 1]) .. ARGV[i + 1]
  redis.call('HSET', KEYS[3], ARGV[i], string.format('%016.0f', place) .. reason .. ARGV[i + 2])
end
return 'ok'
