# All the parts, in order. Sourced by the scripts of packaging/.
set -euo pipefail
shopt -s inherit_errexit
for part in paths report debian pypi syntax_highlighting mathjax starter_model build; do
  . "$(dirname "${BASH_SOURCE[0]}")/$part.sh"
done
