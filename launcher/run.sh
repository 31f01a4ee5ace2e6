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

# run_java FOLDER CLASS ARGUMENT…: SIGHTLINE_JAVA_OPTIONS are put behind our own flags.
run_java() {
  local folder=$1 own=()
  shift
  read -ra own <<<"${SIGHTLINE_JAVA_OPTIONS:-}"
  exec "$JAVA_HOME/bin/java" "${JVM_FLAGS[@]}" "${own[@]}" "-Dsightline.root=$ROOT" \
    -cp "$folder/*" "$@"
}
