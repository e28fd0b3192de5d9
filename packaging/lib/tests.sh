# Running ctest and adding up what it says. Sourced.

LEMMA_PASSED=0 LEMMA_FAILED=0 LEMMA_SKIPPED=0

# run_tests PRESET TITLE CTEST-ARGUMENTS...: shows ctest's own lines, remembers the counts, and goes on after a failure.
run_tests() {
  local preset=$1 title=$2 build=$LEMMA_ROOT/build/$1 start=$SECONDS junit
  shift 2
  junit=$LEMMA_LOGS/tests-$preset.xml
  rm -f "$junit"
  say "" "$title"
  ctest --test-dir "$build" --output-on-failure --no-tests=error --output-junit "$junit" "$@" </dev/null || true
  [ -e "$junit" ] || fail "ctest ran no test of the preset $preset."
  add_counts "$junit"
  note_time "$title" "$start"
}

# The <testsuite> element carries the totals; ctest counts a skipped test as skipped or as disabled, never as passed.
add_counts() {
  local total failed skipped disabled
  read -r total failed disabled skipped < <(python3 - "$1" <<'PYTHON'
import sys, xml.etree.ElementTree as xml
suite = xml.parse(sys.argv[1]).getroot()
print(*(suite.get(name, "0") for name in ("tests", "failures", "disabled", "skipped")))
PYTHON
  )
  LEMMA_FAILED=$((LEMMA_FAILED + failed))
  LEMMA_SKIPPED=$((LEMMA_SKIPPED + skipped + disabled))
  LEMMA_PASSED=$((LEMMA_PASSED + total - failed - skipped - disabled))
}

# Adds up the closing lines of the Qt Test programs: how many functions and data rows ctest's programs hold.
count_checks() {
  awk '/^ *Totals: [0-9]+ passed/ { passed += $2; failed += $4; skipped += $6 }
    END { printf "%d checks in them passed, %d failed, %d were skipped\n", passed, failed, skipped }' "$@"
}

LEMMA_TIMES=()
note_time() { LEMMA_TIMES+=("$(printf '%6d s  %s' "$(seconds_since "$2")" "$1")"); }

# timed TITLE COMMAND...
timed() {
  local title=$1 start=$SECONDS
  shift
  "$@"
  note_time "$title" "$start"
}
