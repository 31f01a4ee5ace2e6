-- Keeps a chunk of the stream that can't be read, to be looked at; the newest 100 stay.
-- KEYS: the list. ARGV: the chunk
redis.call('RPUSH', KEYS[1], ARGV[1])
redis.call('LTRIM', KEYS[1], -100, -1)
return redis.call('LLEN', KEYS[1])
