# Runs the program: the shell becomes the JVM, so that signals and the process id are its own.

JVM_FLAGS=(
  --enable-native-access=ALL-UNNAMED
  --sun-misc-unsafe-memory-access=allow
  -XX:+UseSerialGC
  -Xmx1g
  -XX:+ExitOnOutOfMemoryError
  -Dfile.encoding=UTF-8
)

# run_app COMMAND ARGUMENT…; the young generation is small, because all of it soon lies in memory and next to nothing lives.
run_app() {
  check_options "$@"
  need_java
  build_all
  case ${1:-} in
    run) run_roles "$@" ;;
    *)
      JVM_FLAGS+=(-Xmx2g -Xmn48m)
      run_java "$APP" sightline.app.Main "$@"
      ;;
  esac
}

# Next to a gateway's work that of other roles is little: the second compiler costs a start more than it saves. The old
# generation begins small too, so that what a role takes in its first hour is what it takes.
run_roles() {
  JVM_FLAGS+=(-Xms80m -Xmn48m)
  case " $* " in
    *' gateway '*) ;;
    *) JVM_FLAGS+=("$QUICK_JVM") ;;
  esac
  run_java "$APP" sightline.app.Main "$@"
}

run_bench() {
  need_java
  need_peers "$@"
  build_all
  if [ "${1:-}" = micro ]; then
    JVM_FLAGS+=(-Xmn48m)
    run_java "$APP/micro" sightline.micro.Main "${@:2}"
  fi
  # Its clients come back within seconds: the second compiler would take half a core from what is measured.
  if [ "${1:-}" = return ]; then
    JVM_FLAGS+=("$QUICK_JVM")
  fi
  run_java "$APP/bench" sightline.bench.Main "$@"
}

# The servers of the stack: a file that shows that it is there, and the package that brings it.
STACK_PACKAGES=(
  /usr/sbin/mosquitto=mosquitto
  /usr/bin/mosquitto_pub=mosquitto-clients
  /usr/bin/redis-server=redis-server
  '/usr/lib/postgresql/*/bin/initdb=postgresql'
  /usr/sbin/nginx=nginx
  /usr/bin/openssl=openssl
)

# Steps the wall clock of a part, for trials alone.
CLOCK_PACKAGES=(
  '/usr/lib/*/faketime/libfaketime.so.1=libfaketime'
)

run_stack() {
  local program
  check_options stack "$@"
  need_java
  need_files "what the stack runs" "${STACK_PACKAGES[@]}"
  case " $* " in
    *' --step-clocks '*) need_files "what steps clocks" "${CLOCK_PACKAGES[@]}" ;;
  esac
  build_all
  rehearse_roles
  program=$(program_lines)
  exec "$JAVA_HOME/bin/java" "${JVM_FLAGS[@]}" -Xmx128m "-Dsightline.root=$ROOT" \
    "-Dsightline.stack.java=$program" -cp "$APP/stack/*:$APP/*" sightline.stack.Main "$@"
}

# What a child of ours starts the program with: flags and class path, one a line.
program_lines() {
  local cache
  cache=$(roles_cache "$APP")
  [ -f "$cache" ] || cache=$(start_cache "$APP")
  if [ -f "$cache" ]; then
    printf '%s\n' "-XX:AOTCache=$cache" -Xlog:aot=off -Xlog:cds=off
  fi
  printf '%s\n' "-Dsightline.root=$ROOT" -cp "$APP/*"
}

# What the drill needs beside its own jar, the program has; it starts the program as we do.
run_drill() {
  local program roles=no
  check_options drill "$@"
  need_java
  case " $* " in
    *' --fault kill-all '* | *' --fault=kill-all '*) ;;
    *' --fault'*)
      need_files "what the stack runs" "${STACK_PACKAGES[@]}"
      case " $*" in
        *clock-step* | *--fault[\ =]all*) need_files "what steps clocks" "${CLOCK_PACKAGES[@]}" ;;
      esac
      roles=yes
      ;;
    *' --mutants '*) need_files "what mutants of the production path run on" "${STACK_PACKAGES[@]}" ;;
  esac
  build_all
  [ "$roles" = no ] || rehearse_roles
  program=$(program_lines)
  exec "$JAVA_HOME/bin/java" "${JVM_FLAGS[@]}" "-Dsightline.root=$ROOT" \
    "-Dsightline.drill.java=$program" -cp "$APP/drill/*:$APP/stack/*:$APP/*" sightline.drill.Main "$@"
}

# run_java FOLDER CLASS ARGUMENT…: SIGHTLINE_JAVA_OPTIONS are put behind our own flags.
run_java() {
  local folder=$1 own=() cache
  shift
  read -ra own <<<"${SIGHTLINE_JAVA_OPTIONS:-}"
  cache=$(start_cache "$folder")
  if [ "${2:-}" = run ] && [ -f "$(roles_cache "$folder")" ]; then
    cache=$(roles_cache "$folder")
  fi
  if [ -f "$cache" ]; then
    # A cache that another JVM made is passed over without a word.
    own=(-XX:AOTCache="$cache" -Xlog:aot=off -Xlog:cds=off "${own[@]}")
  fi
  exec "$JAVA_HOME/bin/java" "${JVM_FLAGS[@]}" "${own[@]}" "-Dsightline.root=$ROOT" \
    -cp "$folder/*" "$@"
}

# The environment's settings, which are none of a start of our own.
forget_settings() {
  local name
  for name in $(compgen -e SIGHTLINE_ || true); do
    unset "$name"
  done
}
