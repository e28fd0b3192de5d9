# Where set-up puts things. Sourced first. Sets LEMMA_ROOT, LEMMA_DATA and LEMMA_DEPS.
# Everything belongs to the user who runs the scripts; only Debian packages go into the system.

LEMMA_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
: "${HOME:=$(getent passwd "$(id -u)" | cut -d: -f6)}"
export HOME

# The program looks for models and MathJax in $XDG_DATA_HOME/lemma. Libraries that Debian 12 lacks go beside them and
# not into a cache, because the built program needs them for as long as it lives.
LEMMA_DATA=${XDG_DATA_HOME:-$HOME/.local/share}/lemma
LEMMA_DEPS=$LEMMA_DATA/deps
