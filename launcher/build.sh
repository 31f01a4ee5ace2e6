# Builds what is missing or older than its sources; knows by a hash of the sources, kept beside the
# build. A build is run from its own folder under build/app, so that a newer one disturbs nobody.

readonly QUICK_JVM=-XX:TieredStopAtLevel=1

# hash_of COMMAND…: of the names and contents of the NUL-separated files that the command prints.
hash_of() {
  (cd "$ROOT" && "$@" | sort -z | xargs -0 sha256sum) | sha256sum | cut -c 1-16
}

backend_sources() {
  find backend \( -name target -o -name test \) -prune -o -type f \
    \( -path '*/src/main/*' -o -name pom.xml -o -path 'backend/.mvn/*' \) -print0
}

frontend_sources() {
  find frontend \( -name node_modules -o -name dist -o -name e2e -o -name 'test-results' \) -prune \
    -o -type f ! -name '*.test.ts' ! -name '*.test.tsx' -print0
}

frontend_packages() {
  printf 'frontend/%s\0' package.json package-lock.json
}

stamp_is() {
  [ "$(cat "$BUILD/stamps/$1" 2>/dev/null || true)" = "$2" ]
}

stamp() {
  mkdir -p "$BUILD/stamps"
  printf '%s\n' "$2" >"$BUILD/stamps/$1"
}

# Builds both halves; sets APP to the folder with the program's jars.
build_all() {
  local backend page started=$SECONDS
  backend=$(hash_of backend_sources)
  page=$(page_hash)
  APP=$BUILD/app/$backend
  if [ -d "$APP" ] && page_is_built "$page"; then
    return
  fi
  mkdir -p "$BUILD"
  exec 8>"$BUILD/lock"
  if ! flock -n 8; then
    progress "Waiting for another build to finish …"
    flock 8
    if [ -d "$APP" ] && page_is_built "$page"; then
      exec 8>&-
      done_with "Built by the other"
      return
    fi
  fi
  need_build_tools
  [ -d "$APP" ] || build_backend "$backend"
  if ! page_is_built "$page"; then
    # Only beside a build of the page, so that the inner loop never waits for it.
    [ -f "$(start_cache "$APP")" ] || begin_rehearsal
    build_page "$page"
    await_rehearsal
  fi
  exec 8>&-
  done_with "Built in $((SECONDS - started)) s"
}

build_backend() {
  local log=$BUILD/logs/backend.log jars=$BUILD/app/$1.part
  mkdir -p "$BUILD/logs" "$BUILD/app"
  maven "$log" -DskipTests -Dsightline.skipTestCompile=true -Dspotless.check.skip=true -pl app,bench,micro,drill,stack -am package ||
    fail 1 "the backend did not build; the whole log is $log"
  rm -rf "$jars"
  mkdir -p "$jars"
  cp -p "$ROOT"/backend/app/target/app-*.jar "$ROOT"/backend/app/target/lib/*.jar "$jars/"
  mkdir "$jars/bench"
  cp -p "$ROOT"/backend/bench/target/bench-*.jar "$ROOT"/backend/bench/target/lib/*.jar "$jars/bench/"
  mkdir "$jars/micro"
  cp -p "$ROOT"/backend/micro/target/micro-*.jar "$ROOT"/backend/micro/target/lib/*.jar "$jars/micro/"
  mkdir "$jars/drill"
  cp -p "$ROOT"/backend/drill/target/drill-*.jar "$jars/drill/"
  mkdir "$jars/stack"
  cp -p "$ROOT"/backend/stack/target/stack-*.jar "$jars/stack/"
  mv "$jars" "$BUILD/app/$1"
  forget_old_builds
}

# Keeps the three newest builds: one of them may be running.
forget_old_builds() {
  local old
  while IFS= read -r old; do
    rm -rf "${BUILD:?}/app/$old"
  done < <(find "$BUILD/app" -mindepth 1 -maxdepth 1 -printf '%T@ %f\n' | sort -rn | tail -n +4 | cut -d ' ' -f 2)
}

# maven LOG ARGUMENT…: runs Maven over the backend, with its progress, its tests' closing lines and
# its errors shown, and all of it in the log. The first compiler alone takes a third less time here.
maven() {
  local log=$1 code=0
  shift
  (cd "$ROOT/backend" && export MAVEN_OPTS="$QUICK_JVM ${MAVEN_OPTS:-}" && exec mvn -B -ntp "$@" </dev/null 2>&1) | tee "$log" | maven_lines || code=${PIPESTATUS[0]}
  return "$code"
}

maven_lines() {
  local line
  while IFS= read -r line; do
    case $line in
      '[INFO] Building '*'['*/*']')
        [[ $line =~ Building\ (.*)\ [0-9].*\ (\[.*\])$ ]] && progress "Building ${BASH_REMATCH[1]} ${BASH_REMATCH[2]} …"
        ;;
      '[INFO] Running '*) progress "Testing ${line#\[INFO\] Running } …" ;;
      *'Tests run:'*) done_with "$line" ;;
      '[ERROR]'*'[Help 1]'* | '[ERROR] '*'re-run Maven'* | '[ERROR] Re-run Maven'* | '[ERROR] ' | '[ERROR]' | \
        '[ERROR] For more information'* | '[ERROR] After correcting'* | '[ERROR]   mvn '*) ;;
      '[ERROR]'* | '[WARNING] '*'.java:['*) done_with "$line" ;;
    esac
  done
}

page_hash() {
  if [ -f "$ROOT/frontend/package.json" ]; then
    hash_of frontend_sources
  else
    echo none
  fi
}

page_is_built() {
  [ "$1" = none ] || { stamp_is page "$1" && [ -f "$ROOT/frontend/dist/index.html" ]; }
}

build_page() {
  local log=$BUILD/logs/page.log
  mkdir -p "$BUILD/logs"
  install_page_packages
  progress "Building the page …"
  (cd "$ROOT/frontend" && npm run build) >"$log" 2>&1 </dev/null || {
    tail -n 20 "$log" >&2
    fail 1 "the page did not build; the whole log is $log"
  }
  stamp page "$1"
}

install_page_packages() {
  local log=$BUILD/logs/npm.log packages
  packages=$(hash_of frontend_packages)
  if stamp_is packages "$packages" && [ -d "$ROOT/frontend/node_modules" ]; then
    return
  fi
  progress "Installing the page's packages …"
  mkdir -p "$BUILD/logs"
  (cd "$ROOT/frontend" && npm ci --no-audit --no-fund) >"$log" 2>&1 </dev/null || {
    tail -n 5 "$log" >&2
    fail 1 "npm ci failed in frontend; the whole log is $log"
  }
  stamp packages "$packages"
}
