-- The chunks of the stream that hold the positions after a place, about as many as asked for.
-- KEYS: hot state's head, stream. ARGV: the cursor's epoch and position, positions wanted
local head = redis.call('HMGET', KEYS[1], 'epoch', 'trimmed', 'positions', 'awaited')
local after = tonumber(ARGV[2])
if head[1] ~= ARGV[1] and (head[1] or ARGV[1] ~= '') then
  after = 0
end
after = math.max(after, tonumber(head[2] or '0'))
local wanted, found, chunks, from = tonumber(ARGV[3]), 0, {}, after
while found < wanted do
  local some = redis.call('XRANGE', KEYS[2], string.format('(%.0f-0', from), '+', 'COUNT', 100)
  for _, entry in ipairs(some) do
    from = tonumber(string.match(entry[1], '^%d+'))
    found = found + math.min(tonumber(entry[2][2]), from - after)
    chunks[#chunks + 1] = {string.format('%.0f', from), entry[2][2], entry[2][4]}
    if found >= wanted then
      break
    end
  end
  if #some < 100 then
    break
  end
end
return {head[1] or '', string.format('%.0f', after), chunks, head[3] or '0', head[4] or '0'}
