#!/usr/bin/env bash
# From a fresh clone to an answer: sets everything up, builds the release, fetches the starter model and has it solve a
# problem here in the terminal.
#
#   bash packaging/try.sh          then says how to go on
#   bash packaging/try.sh --gui    then opens the window
#
# Debian 12; root, or a user with sudo. The first run needs the network and some minutes, the next ones seconds.
. "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

PROBLEM="Solve 3x + 5 = 20"

gui=
case ${1:-} in
  '') ;;
  --gui) gui=yes ;;
  *) fail "try.sh does not know '$1'." "It takes --gui or nothing." ;;
esac

bash "$LEMMA_ROOT/packaging/setup.sh" --without-tests
build_preset release
bin=$LEMMA_ROOT/build/release/bin

say "" "" "The starter model, ${STARTER_MODEL##*/}, is asked: $PROBLEM" ""
"$bin/lemma-cli" ask --model "$STARTER_MODEL" --temperature 0 --max-tokens 400 "$PROBLEM" ||
  fail "lemma-cli could not answer (exit code $?)." "Its message is above."

cat <<END

That model is small enough to try everything with and too small to be trusted. Lemma is made for the DeepSeek-R1 distills:
put a .gguf file of one into ${LEMMA_DATA}/models, and '$bin/lemma-cli models' lists it.

  In the terminal:   $bin/lemma-cli chat
  In the window:     $bin/lemma          (or: bash packaging/try.sh --gui)
END

if [ -n "$gui" ]; then
  [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] ||
    fail "there is no display here to open the window on." "Run this from a desktop session, or use the terminal as shown above."
  exec "$bin/lemma"
fi
