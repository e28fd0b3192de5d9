# Running ctest and adding up what it says. Sourced.

LEMMA_PASSED=0 LEMMA_FAILED=0 LEMMA_SKIPPED=0
LEMMA_FAILURES=() LEMMA_TIMES=()

note_time() { LEMMA_TIMES+=("$(printf '%6d s  %s' "$(seconds_since "$2")" "$1")"); }

# timed TITLE COMMAND...
timed() {
  local title=$1 start=$SECONDS
  shift
  "$@"
  note_time "$title" "$start"
}

# run_tests PRESET TITLE CTEST-ARGUMENTS...: shows ctest's own lines, remembers the counts, and goes on after a failure.
run_tests() {
  local preset=$1 title=$2 start=$SECONDS junit=$LEMMA_LOGS/tests-$1.xml status=0 failed_before=$LEMMA_FAILED
  shift 2
  rm -f "$junit"
  say "" "$title"
  ctest --test-dir "$LEMMA_ROOT/build/$preset" --output-on-failure --no-tests=error --output-junit "$junit" "$@" \
    </dev/null || status=$?
  [ -e "$junit" ] || fail "ctest ran no test of the preset $preset."
  add_results "$title" "$junit"
  # A test that could not even be started counts as not run there, but makes ctest fail.
  if [ "$status" -ne 0 ] && [ "$LEMMA_FAILED" -eq "$failed_before" ]; then
    add_failure "ctest: not every test could be started ($title)"
  fi
  note_time "$title" "$start"
}

add_failure() {
  LEMMA_FAILED=$((LEMMA_FAILED + 1))
  LEMMA_FAILURES+=("failed: $1")
}

# Adds one ctest run to the sums. Every test is counted once, by what ctest itself says of it.
add_results() {
  local title=$1 status name
  while read -r status name; do
    case $status in
      run) LEMMA_PASSED=$((LEMMA_PASSED + 1)) ;;
      notrun | disabled) LEMMA_SKIPPED=$((LEMMA_SKIPPED + 1)) ;;
      *) add_failure "$name ($title)" ;;
    esac
  done < <(sed -n 's/.*<testcase name="\([^"]*\)".* status="\([a-z]*\)".*/\2 \1/p' "$2")
}

# Adds up the closing lines of the Qt Test programs: how many functions and data rows ctest's programs hold.
count_checks() {
  awk '/^ *Totals: [0-9]+ passed/ { passed += $2; failed += $4; skipped += $6 }
    END { printf "%d checks in them passed, %d failed, %d were skipped\n", passed, failed, skipped }' "$@"
}
