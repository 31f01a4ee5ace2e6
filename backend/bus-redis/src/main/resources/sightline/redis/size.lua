-- How many positions the stream holds. KEYS: hot state's head, stream.
local first = redis.call('XRANGE', KEYS[2], '-', '+', 'COUNT', 1)[1]
if not first then
  return 0
end
local head = redis.call('HMGET', KEYS[1], 'trimmed', 'positions')
local before = tonumber(string.match(first[1], '^%d+')) - tonumber(first[2][2])
return tonumber(head[2] or '0') - math.max(before, tonumber(head[1] or '0'))
