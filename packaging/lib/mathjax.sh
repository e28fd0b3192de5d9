# MathJax 3.2.2, which draws the formulas. Sourced. Six files of a wheel that carries the whole of it, in
# $XDG_DATA_HOME/lemma/mathjax, each with the SHA-256 of the original release.

mathjax_is_complete() { (cd "$1" 2>/dev/null && sha256sum --check --status "$LEMMA_ROOT/packaging/mathjax.sha256"); }

install_mathjax() {
  local target=$LEMMA_DATA/mathjax
  mathjax_is_complete "$target" && return
  local work
  mkdir -p "$LEMMA_DATA"
  work=$(mktemp -d "$LEMMA_DATA/.work.XXXXXX")
  fetch_wheel "Fetching MathJax" sphinx-mathjax-offline==0.0.2 "$work/wheel"
  local source=$work/wheel/sphinx-mathjax-offline/static/mathjax file
  mathjax_is_complete "$source" ||
    fail "the MathJax files are not the ones expected (SHA-256 differs)." "Start again; if it stays, report it: the package has changed."
  while read -r _ file; do
    install -D -m 644 "$source/$file" "$work/mathjax/$file"
  done <"$LEMMA_ROOT/packaging/mathjax.sha256"
  rm -rf "$target" && mv "$work/mathjax" "$target"
  rm -rf "$work"
}
