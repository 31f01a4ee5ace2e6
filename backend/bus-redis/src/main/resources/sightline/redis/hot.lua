-- Hot state as one cut. KEYS: its head, devices, pending.
local head = redis.call('HMGET', KEYS[1], 'epoch', 'token', 'number')
return {
  head[1] or '', head[2] or '0', head[3] or '0',
  redis.call('HVALS', KEYS[2]), redis.call('HVALS', KEYS[3])
}
