# KSyntaxHighlighting for Qt 6, which colours code. Sourced. Debian 13 packages it (KF6). Debian 12 has it for Qt 5 only, so
# the source of the 5.116 release, which builds with either Qt, is taken from the Debian archive and built into $LEMMA_DEPS.

KSYNTAX_VERSION=5.116.0-1
KSYNTAX_SUITE=trixie          # the Debian release whose archive has that source
KSYNTAX_ECM_VERSION=5.103     # the build tools of Debian 12; 5.116 asks for its own version but does not need it

install_syntax_highlighting() {
  local stamp=$LEMMA_DEPS/.syntax-highlighting-$KSYNTAX_VERSION
  [ -e "$stamp" ] && return
  if [ -n "$(apt-cache search --names-only '^libkf6syntaxhighlighting-dev$')" ]; then
    install_debian_packages "$LEMMA_ROOT/packaging/packages/kf6.txt"
    return
  fi
  local work
  mkdir -p "$LEMMA_DEPS"
  work=$(mktemp -d "$LEMMA_DATA/.work.XXXXXX")
  run_logged "Fetching the source of KSyntaxHighlighting" ksyntax-fetch fetch_ksyntax_source "$work" ||
    fail "the source of KSyntaxHighlighting could not be fetched from the Debian archive." \
      "It is taken from the Debian mirror that this machine's own apt uses. Check the network, then start again."
  run_logged "Building KSyntaxHighlighting for Qt 6" ksyntax-build build_ksyntax "$work" ||
    fail "KSyntaxHighlighting did not build." "Look at the log above."
  rm -rf "$work"
  touch "$stamp"
}

# A private apt configuration with one source entry; the user's own lists and settings are left as they are.
fetch_ksyntax_source() {
  local work=$1 archive signed_by=/usr/share/keyrings/debian-archive-keyring.gpg
  archive=$(debian_archive)
  [ -n "$archive" ] || { echo "apt on this machine has no source entry for Debian"; return 1; }
  mkdir -p "$work/lists/partial" "$work/archives/partial" "$work/source"
  [ -r "$signed_by" ] && signed_by="[signed-by=$signed_by] " || signed_by=
  printf 'deb-src %s%s %s main\n' "$signed_by" "$archive" "$KSYNTAX_SUITE" >"$work/sources.list"
  # The sandbox user of apt could not write below a home folder.
  local options=(-o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$work/lists"
    -o "Dir::Cache::archives=$work/archives" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache=
    -o APT::Sandbox::User= -o Debug::NoLocking=true)
  apt-get "${options[@]}" update &&
    (cd "$work/source" && apt-get "${options[@]}" source --tar-only "ksyntax-highlighting=$KSYNTAX_VERSION") &&
    tar --extract --file "$work"/source/*.orig.tar.* --directory "$work/source" --strip-components 1
}

build_ksyntax() {
  local source=$1/source build=$1/build
  sed -i "s/\(find_package(ECM \)[0-9.]*/\1$KSYNTAX_ECM_VERSION/" "$source/CMakeLists.txt"
  cmake -S "$source" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$LEMMA_DEPS" \
    -DCMAKE_CXX_COMPILER_LAUNCHER=ccache -DQT_MAJOR_VERSION=6 -DBUILD_TESTING=OFF &&
    cmake --build "$build" && cmake --install "$build"
}
