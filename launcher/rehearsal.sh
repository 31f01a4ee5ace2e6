# A first start, for practice: the JVM writes down what it loaded, and every later start is faster.

REHEARSAL=

# start_cache FOLDER: where the cache of a build and this JDK is.
start_cache() {
  printf '%s/start-%s.aot\n' "$1" "$(sed -n 's/^JAVA_RUNTIME_VERSION="\(.*\)"$/\1/p' "$JAVA_HOME/release")"
}

# roles_cache FOLDER: the same for single roles, whose classes are others than those of `up`.
roles_cache() {
  printf '%s/roles-%s.aot\n' "$1" "$(sed -n 's/^JAVA_RUNTIME_VERSION="\(.*\)"$/\1/p' "$JAVA_HOME/release")"
}

# Starts the production path once, small, with all roles in one process; the servers must be there.
rehearse_roles() {
  local cache work log=$BUILD/logs/rehearsal-roles.log
  cache=$(roles_cache "$APP")
  [ ! -f "$cache" ] || return 0
  progress "Preparing faster starts of the roles …"
  mkdir -p "$BUILD/logs"
  # Where the servers' own users get to.
  work=$(mktemp -d /var/tmp/sightline-rehearsal.XXXXXX)
  chmod 755 "$work"
  # Without it starts are only slower.
  if "$JAVA_HOME/bin/java" "${JVM_FLAGS[@]}" -Xmx128m "-Dsightline.root=$ROOT" \
    "-Dsightline.stack.java=$(program_lines)" -cp "$APP/stack/*:$APP/*" sightline.stack.Main \
    --dir "$work" --rehearse "$work/roles.aot" </dev/null >"$log" 2>&1 && [ -f "$work/roles.aot" ]; then
    mv "$work/roles.aot" "$cache"
    done_with "Prepared faster starts of the roles"
  else
    done_with "Starts of the roles stay slower; why is in $log"
  fi
  rm -rf "$work"
}

# Begins in the background, to run beside the build of the page.
begin_rehearsal() {
  set -m
  rehearse </dev/null >"$BUILD/logs/rehearsal.log" 2>&1 &
  REHEARSAL=$!
  set +m
  trap end_rehearsal EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

# Waits for it; without its cache a start is only slower.
await_rehearsal() {
  [ -n "$REHEARSAL" ] || return 0
  progress "Preparing a faster start …"
  wait "$REHEARSAL" || true
  REHEARSAL=
  trap - EXIT INT TERM
}

end_rehearsal() {
  [ -z "$REHEARSAL" ] || kill -KILL -- "-$REHEARSAL" 2>/dev/null || true
  rm -rf "$BUILD/rehearsal"
}

# Runs the program for a moment with a few units, and looks at it as a browser does.
rehearse() {
  local work=$BUILD/rehearsal cache program
  cache=$(start_cache "$APP")
  rm -rf "$work"
  mkdir -p "$work"
  forget_settings
  timeout 90 "$JAVA_HOME/bin/java" "${JVM_FLAGS[@]}" "-XX:AOTCacheOutput=$work/start.aot" \
    "-Dsightline.root=$ROOT" -cp "$APP/*" sightline.app.Main up --port 0 --mqtt-port 0 \
    --data "$work/data" --ready-file "$work/ready.json" --simulate 20 &
  program=$!
  for _ in {1..300}; do
    [ ! -f "$work/ready.json" ] || break
    sleep 0.1
  done
  visit "$(sed -n 's/.*"http":\([0-9]*\).*/\1/p' "$work/ready.json")" || true
  sleep 1
  kill -TERM "$program"
  wait "$program"
  mv "$work/start.aot" "$cache"
  rm -rf "$work"
}

# visit PORT: asks for the page and for the devices.
visit() {
  local path
  for path in / /api/v1/devices; do
    exec 7<>"/dev/tcp/127.0.0.1/$1"
    printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$path" "$1" >&7
    cat <&7 >/dev/null
    exec 7>&-
  done
}
