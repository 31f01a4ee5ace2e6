# Runs every test, whatever fails; children end with the launcher.

PASSED=0
FAILED=0
# Process groups: what is waited for, and what runs beside it.
CHILD=
BESIDE=

# What tests run: a file that shows that it is there, and the package that brings it.
TEST_PACKAGES=(
  /usr/sbin/mosquitto=mosquitto
  /usr/bin/mosquitto_pub=mosquitto-clients
  /usr/bin/redis-server=redis-server
  '/usr/lib/postgresql/*/bin/initdb=postgresql'
  /usr/sbin/nginx=nginx
  /usr/sbin/nats-server=nats-server
  /usr/bin/openssl=openssl
  /usr/bin/curl=curl
  /usr/bin/chromium=chromium
  /usr/bin/strace=strace
  /usr/bin/prometheus=prometheus
  "${CLOCK_PACKAGES[@]}"
)

run_tests() {
  local fast=no argument started=$SECONDS
  check_options test "$@"
  for argument in "$@"; do
    [ "$argument" = --fast ] || fail 2 "unknown word $argument ($0 help test)"
    fast=yes
  done
  trap stop_children EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  set -m
  need_java
  need_build_tools
  if [ "$fast" = yes ]; then
    begin_page
    test_backend -DexcludedGroups=slow "-Djvm.flags=${JVM_FLAGS[0]} ${JVM_FLAGS[1]} $QUICK_JVM"
    await_page
  else
    need_test_packages
    install_peer_packages
    build_all
    test_backend
    test_page
    test_in_browser
  fi
  printf '\n%d passed, %d failed\n' "$PASSED" "$FAILED"
  printf '(in %d s)\n' "$((SECONDS - started))" >&2
  [ "$FAILED" -eq 0 ]
}

count() {
  PASSED=$((PASSED + $1))
  FAILED=$((FAILED + $2))
}

# child COMMAND…: runs it in a process group of its own, and waits for it.
child() {
  local code=0
  "$@" </dev/null &
  CHILD=$!
  wait "$CHILD" || code=$?
  CHILD=
  return "$code"
}

stop_children() {
  local group
  # The shell's own word on a job that was ended is no news.
  [ -z "$CHILD$BESIDE$REHEARSAL" ] || exec 2>/dev/null
  for group in $CHILD $BESIDE $REHEARSAL; do
    kill -TERM -- "-$group" 2>/dev/null || continue
    for _ in {1..150}; do
      kill -0 -- "-$group" 2>/dev/null || break
      sleep 0.1
    done
    kill -KILL -- "-$group" 2>/dev/null || true
    wait "$group" 2>/dev/null || true
  done
  CHILD=
  BESIDE=
  REHEARSAL=
  rm -rf "$BUILD/e2e"
}

need_test_packages() {
  need_files "what the tests run" "${TEST_PACKAGES[@]}"
}

# test_backend [ARGUMENT…]: with arguments for Maven, without the tests of real processes together.
test_backend() {
  local log=$BUILD/logs/test-backend.log code=0 chosen=("$@") passed failed
  mkdir -p "$BUILD/logs"
  if [ $# -gt 0 ] && [ -d "$ROOT/backend/system-tests" ]; then
    chosen+=(-pl '!system-tests')
  fi
  done_with "Backend: formatter, compiler, tests"
  # A test that fails keeps no other module from being tested; what does not compile does.
  child maven "$log" -fae -Dmaven.test.failure.ignore=true "${chosen[@]}" verify || code=$?
  read -r passed failed < <(surefire_counts "$log")
  if [ "$code" -ne 0 ] && [ "$failed" -eq 0 ]; then
    failed=1
    done_with "The backend's build failed; the whole log is $log"
  fi
  count "$passed" "$failed"
}

# Adds up the closing line of each module: those of classes have a time.
surefire_counts() {
  awk '/Tests run:/ && !/Time elapsed/ {
      gsub(/,/, "")
      for (i = 1; i < NF; i++) {
        if ($i == "run:") run += $(i + 1)
        if ($i == "Failures:" || $i == "Errors:") bad += $(i + 1)
        if ($i == "Skipped:") skipped += $(i + 1)
      }
    }
    END { print run - bad - skipped, bad + 0 }' "$1"
}

test_page() {
  local log=$BUILD/logs/page-tests.json
  [ -f "$ROOT/frontend/package.json" ] || return 0
  install_page_packages
  page_step lint npm run --silent lint
  page_step "type check" npm run --silent typecheck
  rm -f "$log"
  done_with "Page: tests"
  child in_page node_modules/.bin/vitest run --reporter=default --reporter=json "--outputFile.json=$log" || true
  count_json "$log" 'r.numPassedTests' 'r.numFailedTests + (r.success || r.numFailedTests ? 0 : 1)'
  page_step build npm run --silent build
}

# The page's tests beside the backend's, their output kept until those are done.
begin_page() {
  rm -f "$BUILD/logs/page-counts.txt"
  mkdir -p "$BUILD/logs"
  page_counts </dev/null >"$BUILD/logs/page-tests.log" 2>&1 &
  BESIDE=$!
}

page_counts() {
  test_page
  printf '%d %d\n' "$PASSED" "$FAILED" >"$BUILD/logs/page-counts.txt"
}

await_page() {
  local passed failed
  wait "$BESIDE" || true
  BESIDE=
  cat "$BUILD/logs/page-tests.log"
  if read -r passed failed 2>/dev/null <"$BUILD/logs/page-counts.txt"; then
    count "$passed" "$failed"
  else
    count 0 1
  fi
}

# page_step NAME COMMAND…: counts as one test.
page_step() {
  done_with "Page: $1"
  shift
  if child in_page "$@"; then
    count 1 0
  else
    count 0 1
  fi
}

in_page() {
  cd "$ROOT/frontend" || return
  exec "$@"
}

# count_json FILE PASSED FAILED: two expressions over the report r; no report is a failure.
count_json() {
  local passed failed
  if read -r passed failed < <(node -e "
      const r = JSON.parse(require('fs').readFileSync(process.argv[1], 'utf8'));
      console.log($2, $3)" "$1" 2>/dev/null); then
    count "$passed" "$failed"
  else
    count 0 1
  fi
}

# The page in a real browser, against a real Sightline with ports and data of its own.
test_in_browser() {
  local log=$BUILD/logs/browser-tests.json code=0
  [ -d "$ROOT/frontend/e2e" ] || return 0
  done_with "Page in a browser: starting Sightline"
  if ! start_up; then
    count 0 1
    return
  fi
  rm -f "$log"
  BASE_URL=http://127.0.0.1:$(ready http) MQTT_URL=mqtt://127.0.0.1:$(ready mqtt) \
    PLAYWRIGHT_JSON_OUTPUT_NAME=$log \
    child in_page node_modules/.bin/playwright test --reporter=list,json || true
  count_json "$log" r.stats.expected 'r.stats.unexpected + r.stats.flaky + (r.errors.length ? 1 : 0)'
  kill -TERM "$BESIDE" 2>/dev/null || true
  wait "$BESIDE" || code=$?
  BESIDE=
  if [ "$code" -ne 0 ]; then
    done_with "Sightline stopped with exit code $code; its log is $BUILD/logs/up.log"
    count 0 1
  fi
  rm -rf "$BUILD/e2e"
}

start_up() {
  rm -rf "$BUILD/e2e"
  mkdir -p "$BUILD/e2e"
  own_up </dev/null >"$BUILD/logs/up.log" 2>&1 &
  BESIDE=$!
  for _ in {1..600}; do
    [ ! -f "$BUILD/e2e/ready.json" ] || return 0
    kill -0 "$BESIDE" 2>/dev/null || break
    sleep 0.1
  done
  done_with "Sightline did not start for the browser tests:"
  tail -n 3 "$BUILD/logs/up.log" >&2
  return 1
}

own_up() {
  forget_settings
  run_java "$APP" sightline.app.Main up --port 0 --mqtt-port 0 \
    --data "$BUILD/e2e/data" --ready-file "$BUILD/e2e/ready.json"
}

ready() {
  node -p "JSON.parse(require('fs').readFileSync(process.argv[1], 'utf8'))['$1']" "$BUILD/e2e/ready.json"
}
