-- Forgets what history has stored. KEYS: hot state's head, stream. ARGV: epoch, position
local head = redis.call('HMGET', KEYS[1], 'epoch', 'trimmed', 'positions')
if (head[1] or '') ~= ARGV[1] then
  return 'other'
end
local through = math.min(tonumber(ARGV[2]), tonumber(head[3] or '0'))
if through > tonumber(head[2] or '0') then
  redis.call('HSET', KEYS[1], 'trimmed', string.format('%.0f', through))
  redis.call('XTRIM', KEYS[2], 'MINID', '=', string.format('%.0f-0', through + 1))
end
return 'ok'
