#!/usr/bin/env bash
# Sets up everything that building, running and testing Lemma needs on Debian 12.
#
#   bash packaging/setup.sh                 everything
#   bash packaging/setup.sh --without-tests only what building and running needs
#
# Needs root or sudo for the Debian packages, and the network, the first time only. Run again, it finds everything in place
# and is done in a second. What it puts where: see packaging/lib/paths.sh.
. "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

lists=("$LEMMA_ROOT/packaging/packages/build.txt")
case ${1:-} in
  --without-tests) ;;
  '') lists+=("$LEMMA_ROOT/packaging/packages/check.txt") ;;
  *) fail "setup.sh does not know '$1'." "It takes --without-tests or nothing." ;;
esac

# One set-up at a time for a user; what an interrupted one left behind goes.
mkdir -p "$LEMMA_DATA"
exec {lock}>"$LEMMA_DATA/.setup.lock"
flock --nonblock "$lock" || { say "Another set-up is running; waiting for it."; flock "$lock"; }
rm -rf "$LEMMA_DATA"/.work.*

start=$SECONDS
install_debian_packages "${lists[@]}"
install_syntax_highlighting
install_mathjax
install_starter_model
say "Set-up is complete ($(seconds_since "$start") s)."
