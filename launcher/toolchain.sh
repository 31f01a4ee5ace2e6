# Finds or fetches what builds and runs Sightline: a JDK, Maven, Node.

readonly JAVA_AT_LEAST=25
readonly NODE_AT_LEAST=20.19
readonly NODE_FETCHED=22

# java_version DIR: the feature version of the JDK there, 0 where there is none.
java_version() {
  local line version=0
  if [ -x "$1/bin/javac" ]; then
    line=$(grep -m 1 '^JAVA_VERSION=' "$1/release" 2>/dev/null) ||
      line=$("$1/bin/javac" -version 2>&1) || line=
    if [[ $line =~ ([0-9]+) ]]; then
      version=${BASH_REMATCH[1]}
    fi
  fi
  printf '%s\n' "$version"
}

# Sets JAVA_HOME to a JDK that is new enough.
need_java() {
  local candidate javac
  if [ -n "${SIGHTLINE_JAVA_HOME:-}" ]; then
    [ "$(java_version "$SIGHTLINE_JAVA_HOME")" -ge "$JAVA_AT_LEAST" ] ||
      fail 1 "SIGHTLINE_JAVA_HOME=$SIGHTLINE_JAVA_HOME is no JDK $JAVA_AT_LEAST or newer; point it at one, or unset it."
    use_java "$SIGHTLINE_JAVA_HOME"
    return
  fi
  javac=$(command -v javac || true)
  javac=${javac:+$(readlink -f "$javac")}
  for candidate in "${JAVA_HOME:-}" "${javac%/bin/javac}" /usr/lib/jvm/* /opt/* /opt/*/*; do
    if [ -n "$candidate" ] && [ "$(java_version "$candidate")" -ge "$JAVA_AT_LEAST" ]; then
      use_java "$candidate"
      return
    fi
  done
  install_java
}

use_java() {
  export JAVA_HOME=$1
  export PATH=$JAVA_HOME/bin:$PATH
}

install_java() {
  local package=openjdk-$JAVA_AT_LEAST-jdk-headless
  if is_root && has_apt && ! apt_has "$package"; then
    progress "Looking for a JDK …"
    apt-get update >/dev/null 2>&1 || true
  fi
  apt_has "$package" ||
    fail 1 "no JDK $JAVA_AT_LEAST or newer here, and this system's apt has none; unpack one (Temurin, say) under /opt, or point SIGHTLINE_JAVA_HOME at it."
  need_packages "a JDK $JAVA_AT_LEAST" "$package"
  local candidate
  for candidate in /usr/lib/jvm/*; do
    if [ "$(java_version "$candidate")" -ge "$JAVA_AT_LEAST" ]; then
      use_java "$candidate"
      return
    fi
  done
  fail 1 "apt-get installed $package, but there is no JDK under /usr/lib/jvm; point SIGHTLINE_JAVA_HOME at it."
}

# Whether a `vX.Y.Z` is new enough.
node_is_new() {
  [[ $1 =~ ^v([0-9]+)\.([0-9]+) ]] || return 1
  local major=${BASH_REMATCH[1]} minor=${BASH_REMATCH[2]}
  ((major > ${NODE_AT_LEAST%.*} || (major == ${NODE_AT_LEAST%.*} && minor >= ${NODE_AT_LEAST#*.})))
}

# Puts a new enough Node first on PATH.
need_node() {
  local own
  own=$BUILD/node/node_modules/node-linux-$(node_cpu)/bin
  if node_is_new "$(node --version 2>/dev/null || true)"; then
    return
  fi
  if [ ! -x "$own/node" ]; then
    progress "Fetching Node $NODE_FETCHED …"
    mkdir -p "$BUILD/node" "$BUILD/logs"
    npm install --prefix "$BUILD/node" --no-save --no-audit --no-fund \
      "node-linux-$(node_cpu)@$NODE_FETCHED" >"$BUILD/logs/node.log" 2>&1 ||
      fail 1 "npm could not fetch Node $NODE_FETCHED (see $BUILD/logs/node.log); install Node $NODE_AT_LEAST or newer."
    done_with "Fetched Node $NODE_FETCHED"
  fi
  export PATH=$own:$PATH
  node_is_new "$(node --version 2>/dev/null || true)" ||
    fail 1 "the Node under $BUILD/node does not run here; install Node $NODE_AT_LEAST or newer."
}

node_cpu() {
  case $(uname -m) in
    aarch64 | arm64) echo arm64 ;;
    *) echo x64 ;;
  esac
}

# Everything that a build of both halves needs, what is missing named or installed at once.
need_build_tools() {
  local missing=()
  command -v mvn >/dev/null 2>&1 || missing+=(maven)
  command -v npm >/dev/null 2>&1 || missing+=(nodejs npm)
  if [ ${#missing[@]} -gt 0 ]; then
    need_packages "what builds Sightline" "${missing[@]}"
  fi
  need_node
}
