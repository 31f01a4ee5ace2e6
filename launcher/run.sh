# Runs the program: the shell becomes the JVM, so that signals and the process id are its own.

JVM_FLAGS=(
  --enable-native-access=ALL-UNNAMED
  --sun-misc-unsafe-memory-access=allow
  -XX:+UseSerialGC
  -Xmx1g
  -XX:+ExitOnOutOfMemoryError
  -Dfile.encoding=UTF-8
)

# run_app COMMAND ARGUMENT…
run_app() {
  check_options "$@"
  need_java
  build_all
  run_java "$APP" sightline.app.Main "$@"
}

run_bench() {
  need_java
  build_all
  run_java "$APP/bench" sightline.bench.Main "$@"
}

# What the drill needs beside its own jar, the program has; it starts the program as we do.
run_drill() {
  local cache program
  check_options drill "$@"
  need_java
  build_all
  program=$(printf '%s\n' "-Dsightline.root=$ROOT" -cp "$APP/*")
  cache=$(start_cache "$APP")
  if [ -f "$cache" ]; then
    program=$(printf '%s\n' "-XX:AOTCache=$cache" -Xlog:aot=off -Xlog:cds=off "$program")
  fi
  exec "$JAVA_HOME/bin/java" "${JVM_FLAGS[@]}" "-Dsightline.root=$ROOT" \
    "-Dsightline.drill.java=$program" -cp "$APP/drill/*:$APP/*" sightline.drill.Main "$@"
}

# run_java FOLDER CLASS ARGUMENT…: SIGHTLINE_JAVA_OPTIONS are put behind our own flags.
run_java() {
  local folder=$1 own=() cache
  shift
  read -ra own <<<"${SIGHTLINE_JAVA_OPTIONS:-}"
  cache=$(start_cache "$folder")
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
