# What the bench measures beside Sightline: Debian's packages, and npm's under bench/peers.

PEER_PACKAGES=(
  /usr/sbin/mosquitto=mosquitto
  /usr/bin/redis-server=redis-server
  /usr/sbin/nginx=nginx
  /usr/sbin/nats-server=nats-server
)

# need_peers ARGUMENT…: what those of the bench's arguments ask for is there.
need_peers() {
  case " $* " in
    *' --report '* | *[\ =]seed\ *) need_files "what the bench compares with" "${PEER_PACKAGES[@]}" ;;
    *[\ =]mosquitto\ *) need_files "a peer" "${PEER_PACKAGES[0]}" ;;
    *[\ =]nats\ *) need_files "a peer" "${PEER_PACKAGES[3]}" ;;
    *) return 0 ;;
  esac
  command -v npm >/dev/null 2>&1 || need_packages "what runs the peers" nodejs npm
  need_node
  install_peer_packages
}

install_peer_packages() {
  local log=$BUILD/logs/peers-npm.log packages
  packages=$(hash_of peer_packages)
  if stamp_is peers "$packages" && [ -d "$ROOT/bench/peers/node_modules" ]; then
    return
  fi
  progress "Installing the peers' packages …"
  mkdir -p "$BUILD/logs"
  (cd "$ROOT/bench/peers" && npm ci --no-audit --no-fund) >"$log" 2>&1 </dev/null || {
    tail -n 5 "$log" >&2
    fail 1 "npm ci failed in bench/peers; the whole log is $log"
  }
  stamp peers "$packages"
}

peer_packages() {
  printf 'bench/peers/%s\0' package.json package-lock.json
}
