# What the launcher says: progress and errors on stderr, one line each; help on stdout.

# Progress. On a terminal the next one takes its place until `done_with` ends the line.
progress() {
  if [ -t 2 ]; then
    printf '\r\033[K%s' "$*" >&2
  else
    printf '%s\n' "$*" >&2
  fi
}

done_with() {
  if [ -t 2 ]; then
    printf '\r\033[K' >&2
  fi
  printf '%s\n' "$*" >&2
}

# One line that says what to do, then the end.
fail() {
  local code=$1
  shift
  printf 'sightline: %s\n' "$*" >&2
  exit "$code"
}

# nearest WORD CANDIDATE…: the candidate with the fewest edits.
nearest() {
  printf '%s\n' "${@:2}" | awk -v a="$1" '
    function min(x, y) { return x < y ? x : y }
    {
      m = length(a); n = length($0)
      for (j = 0; j <= n; j++) row[j] = j
      for (i = 1; i <= m; i++) {
        diagonal = row[0]; row[0] = i
        for (j = 1; j <= n; j++) {
          s = diagonal + (substr(a, i, 1) != substr($0, j, 1))
          diagonal = row[j]
          row[j] = min(s, min(row[j], row[j - 1]) + 1)
        }
      }
      if (NR == 1 || row[n] < best) { best = row[n]; word = $0 }
    }
    END { print word }'
}

commands() {
  local file
  for file in "$ROOT"/launcher/help/*.txt; do
    file=${file##*/}
    printf '%s\n' "${file%.txt}"
  done
}

unknown_command() {
  local known
  mapfile -t known < <(commands)
  fail 2 "unknown command $1; did you mean $(nearest "$1" "${known[@]}")? ($0 help lists all)"
}

print_help() {
  local file=$ROOT/launcher/help/${1:-help}.txt
  [ -f "$file" ] || unknown_command "$1"
  cat "$file"
}

print_version() {
  local version revision
  version=$(sed -n 's|^  <version>\(.*\)</version>$|\1|p' "$ROOT/backend/pom.xml" | head -n 1)
  revision=$(git -C "$ROOT" rev-parse --short HEAD 2>/dev/null || true)
  printf 'Sightline %s%s\n' "$version" "${revision:+ ($revision)}"
}

# check_options COMMAND ARGUMENT…: refuses an option that the command's help does not list.
check_options() {
  local command=$1 argument name known
  mapfile -t known < <(grep -oE '^  --[a-z-]+' "$ROOT/launcher/help/$command.txt" | tr -d ' ')
  for argument in "${@:2}"; do
    case $argument in
      --help | -h)
        print_help "$command"
        exit 0
        ;;
      -*)
        name=${argument%%=*}
        [[ " ${known[*]} " == *" $name "* ]] && continue
        if [[ $name =~ ^-[0-9] ]]; then
          continue
        fi
        fail 2 "unknown option $name; did you mean $(nearest "$name" "${known[@]}")?" \
          "($0 help $command lists all)"
        ;;
    esac
  done
}
