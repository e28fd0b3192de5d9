# How the scripts talk: one line a step, the details in a log, and a failure that says what to do.
# Sourced. Expects LEMMA_ROOT (the source tree). Sets LEMMA_LOGS.

LEMMA_LOGS=$LEMMA_ROOT/build/log
mkdir -p "$LEMMA_LOGS"

say() { printf "%s\n" "$@"; }

# fail MESSAGE [WHAT TO DO]...: ends the script.
fail() {
  printf '\nFailed: %s\n' "$1" >&2
  shift
  local line
  for line in "$@"; do printf '  %s\n' "$line" >&2; done
  exit 1
}

seconds_since() { printf '%d' $((SECONDS - $1)); }

# Redraws one line with the time and the last thing the log said, until the process ends. Terminals only.
show_progress() {
  local label=$1 pid=$2 log=$3 start=$SECONDS last width
  width=$(tput cols 2>/dev/null || printf 80)
  while kill -0 "$pid" 2>/dev/null; do
    last=$(tail -c 400 "$log" | tr '\r' '\n' | grep -v '^[[:space:]]*$' | tail -n 1 | tr -cd '[:print:]')
    printf '\r\033[K%.*s' "$((width - 1))" "$label  $(seconds_since "$start") s  $last"
    sleep 0.5
  done
  printf '\r\033[K'
}

# run_logged LABEL LOGNAME COMMAND...: runs the command with its output in build/log/LOGNAME.log.
# Returns the command's status; on failure the end of the log has been shown.
run_logged() {
  local label=$1 log=$LEMMA_LOGS/$2.log start=$SECONDS status=0
  shift 2
  # In a process group of its own, so that Ctrl-C ends all of it: a script's background jobs ignore the key otherwise.
  set -m
  "$@" >"$log" 2>&1 </dev/null &
  local pid=$!
  set +m
  trap 'kill -TERM -- "-$pid" 2>/dev/null; printf "\nInterrupted.\n"; exit 130' INT TERM HUP
  if [ -t 1 ]; then
    show_progress "$label" "$pid" "$log"
  else
    printf '%s ... ' "$label"
  fi
  wait "$pid" || status=$?
  trap - INT TERM HUP
  [ -t 1 ] && printf '%s ... ' "$label"
  if [ "$status" -eq 0 ]; then
    printf 'done (%s s)\n' "$(seconds_since "$start")"
  else
    printf 'FAILED (%s s)\n' "$(seconds_since "$start")"
    tail -n 25 "$log" | sed 's/^/    /'
    printf '    (whole log: %s)\n' "$log"
  fi
  return "$status"
}
