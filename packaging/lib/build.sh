# Configuring and building by preset. Sourced.

# nvcc is often installed without being on PATH.
if ! command -v nvcc >/dev/null && [ -x /usr/local/cuda/bin/nvcc ]; then PATH=$PATH:/usr/local/cuda/bin; fi

# One compiler a core, but no more than one for each 1.5 GB of memory: a Qt source takes about half a gigabyte, and a machine
# that swaps builds slower than one that waits.
default_jobs() {
  local by_memory
  by_memory=$(awk '/^MemTotal/ { print int($2 / 1500000) }' /proc/meminfo)
  printf '%d' "$(($(nproc) < by_memory ? $(nproc) : (by_memory > 0 ? by_memory : 1)))"
}
export CMAKE_BUILD_PARALLEL_LEVEL=${CMAKE_BUILD_PARALLEL_LEVEL:-$(default_jobs)}

# configure_preset PRESET: does nothing where it is configured; ninja itself notices later changes of the CMake files.
configure_preset() {
  [ -e "$LEMMA_ROOT/build/$1/build.ninja" ] && return
  run_logged "Configuring ($1)" "configure-$1" cmake -S "$LEMMA_ROOT" --preset "$1" ||
    fail "CMake could not configure the preset $1." "The log above names what is missing. 'bash packaging/setup.sh' installs it."
}

# build_preset PRESET: the progress line shows ninja's own counter.
build_preset() {
  configure_preset "$1"
  run_logged "Building ($1)" "build-$1" cmake --build "$LEMMA_ROOT/build/$1" ||
    fail "the build of the preset $1 failed." "The compiler's message is above."
}
