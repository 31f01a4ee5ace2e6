# Debian packages: installed when root and missing, named when not.

readonly POLICY=/usr/sbin/policy-rc.d
readonly POLICY_MARK='# Made by sightline for the time of one installation.'

is_root() { [ "$(id -u)" -eq 0 ]; }

has_apt() { command -v apt-get >/dev/null 2>&1; }

# apt_has PACKAGE: whether apt knows a version of it.
apt_has() {
  has_apt && LC_ALL=C apt-cache policy "$1" 2>/dev/null | grep -q '^  Candidate: [^(]'
}

# need_packages WHAT PACKAGE…: has them installed, or ends with the line that would do it.
need_packages() {
  local what=$1
  shift
  has_apt || fail 1 "$what is missing, and there is no apt-get here; install $* by hand."
  is_root || fail 1 "$what is missing; run: sudo apt-get install -y $*"
  install_packages "$@"
}

# need_files WHAT FILE=PACKAGE…: has the packages of those files that are not there installed.
need_files() {
  local what=$1 entry missing=()
  shift
  for entry in "$@"; do
    compgen -G "${entry%=*}" >/dev/null || missing+=("${entry#*=}")
  done
  [ ${#missing[@]} -eq 0 ] || need_packages "$what" "${missing[@]}"
}

# Nothing that is installed here is started, now or at the next boot.
install_packages() {
  local log=$BUILD/logs/apt.log before
  mkdir -p "$BUILD/logs"
  check_policy "$@"
  progress "Installing $* …"
  before=$(units)
  (
    trap release_policy EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    hold_policy
    if ! apt_install "$@" >"$log" 2>&1; then
      apt-get update >>"$log" 2>&1 || true
      apt_install "$@" >>"$log" 2>&1 || exit 1
    fi
  ) || fail 1 "apt-get install $* failed: $(grep -m 1 '^E: ' "$log" || echo "see $log")"
  disable_new_units "$before"
  done_with "Installed $*"
}

apt_install() {
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
    -o DPkg::Lock::Timeout=300 "$@" </dev/null
}

# While a package is set up, Debian asks this script whether its server may start: 101 is no.
check_policy() {
  local answer=0
  if own_policy || [ ! -e "$POLICY" ]; then
    return
  fi
  "$POLICY" sightline-probe start >/dev/null 2>&1 || answer=$?
  [ "$answer" -eq 101 ] ||
    fail 1 "$POLICY lets servers start when they are installed; install by hand: apt-get install -y $*"
}

own_policy() {
  [ -e "$POLICY" ] && grep -qF "$POLICY_MARK" "$POLICY"
}

hold_policy() {
  if [ ! -e "$POLICY" ]; then
    printf '#!/bin/sh\n%s\nexit 101\n' "$POLICY_MARK" >"$POLICY"
    chmod 755 "$POLICY"
  fi
}

release_policy() {
  if own_policy; then
    rm -f "$POLICY"
  fi
}

# Services that systemd or sysvinit would start at boot.
units() {
  {
    find /etc/systemd/system -name '*.service' -type l || true
    find /etc/rc2.d -name 'S*' || true
  } 2>/dev/null | LC_ALL=C sort
}

disable_new_units() {
  local unit name
  while IFS= read -r unit; do
    [ -n "$unit" ] || continue
    name=${unit##*/}
    if [[ $unit == /etc/rc2.d/* ]]; then
      update-rc.d "${name#S[0-9][0-9]}" disable >/dev/null 2>&1 || true
    elif command -v systemctl >/dev/null 2>&1; then
      systemctl disable "$name" >/dev/null 2>&1 || true
    else
      rm -f "$unit"
    fi
  done < <(LC_ALL=C comm -13 <(printf '%s\n' "$1") <(units))
}
