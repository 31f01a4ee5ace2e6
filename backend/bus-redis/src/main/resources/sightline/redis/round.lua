-- One round of the bridge: hot state, stream and news in one step.
-- KEYS: hot state's head, devices, stream.
-- ARGV: token, epoch, number, the epoch and number that must stand there ('' for any), channel,
-- message, positions that the stream may hold, '1' where a device waits until its are in history,
-- how many chunks, then (positions, chunk)…, then (id, record)…
-- Gives 'ok', the numbers of the newest position and of the newest stored, and the newest number
-- that was dropped over the cap and is not stored, 0 where none was.
local head = redis.call('HMGET', KEYS[1], 'token', 'epoch', 'number', 'positions', 'trimmed')
if tonumber(head[1] or '0') > tonumber(ARGV[1]) then
  return 'fenced'
end
if ARGV[4] ~= '' and (head[2] ~= ARGV[4] or head[3] ~= ARGV[5]) then
  return 'lost'
end
redis.call('HSET', KEYS[1], 'token', ARGV[1], 'epoch', ARGV[2], 'number', ARGV[3])
local at = 11
local chunks = tonumber(ARGV[10])
local last = tonumber(head[4] or '0')
local stored = tonumber(head[5] or '0')
local dropped = 0
if chunks > 0 then
  for _ = 1, chunks do
    last = last + tonumber(ARGV[at])
    -- An entry's id is the number of its last position.
    redis.call('XADD', KEYS[3], string.format('%.0f-0', last), 'n', ARGV[at], 'p', ARGV[at + 1])
    at = at + 2
  end
  redis.call('HSET', KEYS[1], 'positions', string.format('%.0f', last))
  local least = last - tonumber(ARGV[8]) + 1
  if least > 1 then
    redis.call('XTRIM', KEYS[3], 'MINID', '=', string.format('%.0f-0', least))
    if least - 1 > stored then
      dropped = least - 1
    end
  end
end
if ARGV[9] == '1' then
  redis.call('HSET', KEYS[1], 'awaited', string.format('%.0f', last))
end
for i = at, #ARGV, 1000 do
  redis.call('HSET', KEYS[2], unpack(ARGV, i, math.min(i + 999, #ARGV)))
end
redis.call('PUBLISH', ARGV[6], ARGV[7])
return string.format('ok %.0f %.0f %.0f', last, stored, dropped)
