#!/usr/bin/env bash
# Sets up, builds and runs all tests, as CI does: the checks of the tree itself, every test of the dev build, and the unit
# tests and fuzz corpora again under the address and undefined-behaviour sanitizers.
#
#   bash packaging/check.sh              everything
#   bash packaging/check.sh --no-asan    without the sanitizers, half the time
#
# Needs no display, no GPU and no CUDA; uses nvcc where there is one. Exit code 0 when nothing failed.
. "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"
. "$LEMMA_ROOT/packaging/lib/tests.sh"

asan=yes
case ${1:-} in
  '') ;;
  --no-asan) asan= ;;
  *) fail "check.sh does not know '$1'." "It takes --no-asan or nothing." ;;
esac
jobs=$(($(nproc) < 2 ? $(nproc) : 2))

start=$SECONDS
timed "set-up" bash "$LEMMA_ROOT/packaging/setup.sh"
configure_preset dev
# What takes seconds comes first: a badly formatted file need not wait for the build.
run_tests dev "checks of the tree" --label-regex '^arch$' --parallel 1
timed "build (dev)" build_preset dev
run_tests dev "tests (dev)" --label-exclude '^(arch|bench)$' --parallel "$jobs"
checks_logs=("$LEMMA_ROOT/build/dev/Testing/Temporary/LastTest.log")
if [ -n "$asan" ]; then
  timed "build (asan)" build_preset asan
  run_tests asan "tests (asan, ubsan)" --label-regex '^(unit|fuzz)$' --label-exclude '^(slow|bench|gui)$' --parallel "$jobs"
  checks_logs+=("$LEMMA_ROOT/build/asan/Testing/Temporary/LastTest.log")
fi

say ""
python3 "$LEMMA_ROOT/tests/arch/report_file_sizes.py" "$LEMMA_ROOT" || true
say "" "Time"
printf '%s\n' "${LEMMA_TIMES[@]}"
printf '%6d s  in all, with %s jobs\n\n' "$(seconds_since "$start")" "$jobs"
count_checks "${checks_logs[@]}"
[ "${#LEMMA_FAILURES[@]}" -eq 0 ] || say "${LEMMA_FAILURES[@]}"
say "$LEMMA_PASSED passed, $LEMMA_FAILED failed, $LEMMA_SKIPPED skipped"
[ "$LEMMA_FAILED" -eq 0 ]
