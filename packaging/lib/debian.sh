# Debian packages. Sourced. `install_debian_packages FILE...` takes lists with one package a line, # starts a comment.

read_package_lists() { sed 's/#.*//' "$@" | tr -s '[:space:]' '\n' | sed '/^$/d'; }

# Prints those of the named packages that are not installed. Asks dpkg only: no network, a twentieth of a second.
missing_packages() {
  local installed
  # dpkg-query fails when it knows one of the names not at all; what it printed for the others still counts.
  installed=$({ dpkg-query --show --showformat '${db:Status-Abbrev}${Package}\n' "$@" 2>/dev/null || true; } | sed -n 's/^ii *//p')
  printf '%s\n' "$@" | grep --line-regexp --invert-match --fixed-strings --file <(printf '%s\n' "$installed") || true
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# A password is asked for here, in the open, and not in the middle of a logged step.
require_root_rights() {
  [ "$(id -u)" -eq 0 ] && return
  command -v sudo >/dev/null ||
    fail "Debian packages are missing and this user can neither be root nor use sudo." \
      "Run this as root, then start again:" "apt-get update && apt-get install --no-install-recommends $*"
  say "Debian packages are missing: sudo may ask for your password."
  # Not `sudo -v`, which asks for a password even of one whose rule says that none is needed.
  sudo true || fail "sudo refused." "Run this as root, then start again:" \
    "apt-get update && apt-get install --no-install-recommends $*"
}

apt_get() { as_root env DEBIAN_FRONTEND=noninteractive apt-get --yes --quiet -o DPkg::Lock::Timeout=300 "$@"; }

install_debian_packages() {
  command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
    fail "this set-up knows Debian 12 only (and what is derived from it)." \
      "Elsewhere install the libraries named in packaging/packages/*.txt by hand, then:" \
      "cmake --preset release && cmake --build --preset release"
  local wanted missing
  mapfile -t wanted < <(read_package_lists "$@")
  mapfile -t missing < <(missing_packages "${wanted[@]}")
  [ "${#missing[@]}" -eq 0 ] && return
  require_root_rights "${missing[@]}"
  run_logged "Reading the package lists" apt-update apt_get update ||
    fail "apt could not read the package lists." "Check the network and /etc/apt, then start again."
  run_logged "Installing ${#missing[@]} Debian packages" apt-install apt_get install --no-install-recommends "${missing[@]}" ||
    fail "apt could not install: ${missing[*]}" "Look at the log above. 'apt-get --fix-broken install' mends a half-done installation."
}

# Prints the address of the Debian archive that this machine uses. apt reads its own source lists, whatever their form.
debian_archive() {
  local codename
  codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-bookworm}")
  apt-get --print-uris -o Debug::NoLocking=true update |
    sed -n "s,^'\(.*\)/dists/$codename/InRelease'.*,\1,p" | head -n 1
}
