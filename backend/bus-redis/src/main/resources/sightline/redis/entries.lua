-- News of entries of the event log; their events wait no more.
-- KEYS: pending. ARGV: channel, message, then keys…
for i = 3, #ARGV, 1000 do
  redis.call('HDEL', KEYS[1], unpack(ARGV, i, math.min(i + 999, #ARGV)))
end
redis.call('PUBLISH', ARGV[1], ARGV[2])
return 'ok'
