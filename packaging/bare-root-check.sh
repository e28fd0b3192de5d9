#!/usr/bin/env bash
# Shows that try.sh and check.sh work on a bare machine: makes a Debian 12 with nothing but git in a folder, clones this
# tree's HEAD there and runs both, then both again without a network. A package that set-up forgets shows here only.
#
#   bash packaging/bare-root-check.sh [--user] [--keep] [--only COMMAND] [FOLDER]
#
#   --user   inside, work as a user with sudo instead of root
#   --keep   leave the folder, for another look
#   --only   run this command in the clone, once, instead of the four runs
#   FOLDER   where the root is made (default: below $TMPDIR; needs about 8 GB); an existing root is used again
#
# Needs root and debootstrap. The machine's own apt and pip settings are copied in. Prints a transcript with times, which is
# also written to build/log/bare-root.txt. Mounts live in a namespace of their own and vanish with it.
. "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

user=root keep= only= root=
while [ $# -gt 0 ]; do
  case $1 in
    --user) user=student ;;
    --keep) keep=yes ;;
    --only) only=$2 && shift ;;
    *) root=$1 ;;
  esac
  shift
done
[ "$(id -u)" -eq 0 ] || fail "this check makes a root file system and needs to be root."
command -v debootstrap >/dev/null || fail "debootstrap is missing." "apt-get install debootstrap"

make_root() {
  local include=git
  [ "$user" = root ] || include=git,sudo
  debootstrap --variant=minbase --include="$include" bookworm "$root" "$(debian_archive)"
  [ "$user" = root ] || make_user
}

# A user as the Debian installer makes one, save that sudo asks for no password.
make_user() {
  chroot "$root" useradd --create-home --shell /bin/bash --groups sudo "$user"
  echo "$user ALL=(ALL) NOPASSWD: ALL" >"$root/etc/sudoers.d/$user"
}

# Only what says where packages come from: sources, proxies, certificates.
copy_machine_settings() {
  local file
  rm -f "$root"/etc/apt/sources.list
  for file in /etc/apt/sources.list /etc/apt/sources.list.d /etc/apt/apt.conf.d /etc/apt/auth.conf.d /etc/pip.conf \
    /usr/local/share/ca-certificates /etc/resolv.conf /etc/hosts; do
    [ -e "$file" ] || continue
    mkdir -p "$root${file%/*}"
    cp --recursive --dereference "$file" "$root${file%/*}/"
  done
  for file in "$HOME/.config/pip/pip.conf" "$HOME/.pip/pip.conf"; do
    if [ -e "$file" ]; then cp "$file" "$root/etc/pip.conf"; fi
  done
}

# in_root [--net] COMMAND...: --net means without a network.
in_root() {
  local isolate=(--mount --pid --fork) home=/root become=()
  [ "$1" = --net ] && isolate+=(--net) && shift
  [ "$user" = root ] || { home=/home/$user; become=(setpriv --reuid="$user" --regid="$user" --init-groups); }
  local settings
  mapfile -t settings < <(env | grep -E '^(PIP_|https?_proxy|HTTPS?_PROXY|no_proxy|NO_PROXY)' | grep -v '^PIP_FIND_LINKS')
  env -i HOME="$home" USER="$user" LANG=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "${settings[@]}" \
    unshare "${isolate[@]}" bash "$LEMMA_ROOT/packaging/lib/enter_root.sh" "$root" "${become[@]}" "$@" </dev/null
}

clone_tree() {
  local home=/root
  [ "$user" = root ] || home=/home/$user
  git -C "$LEMMA_ROOT" bundle create --quiet "$root$home/lemma.bundle" HEAD
  in_root rm -rf lemma
  in_root git -c advice.detachedHead=false clone --quiet lemma.bundle lemma
}

failures=0
# timed TITLE COMMAND...: the command in the root, its output in the transcript, and how long it took.
timed() {
  local title=$1 start=$SECONDS status=0
  shift
  printf '\n===== %s\n' "$title"
  in_root "$@" 2>&1 || status=$?
  printf '===== %s: exit %d after %d s\n' "$title" "$status" $((SECONDS - start))
  [ "$status" -eq 0 ] || failures=$((failures + 1))
}

in_clone() { printf 'cd lemma && %s' "$1"; }

main() {
  printf 'Bare root check of %s, as %s\n' "$(git -C "$LEMMA_ROOT" describe --always --dirty)" "$user"
  printf '%s cores, %s\n' "$(nproc)" "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
  [ -e "$root/etc/debian_version" ] || run_logged "Making the Debian 12 root" debootstrap make_root ||
    fail "debootstrap failed." "Its log is above."
  copy_machine_settings
  clone_tree
  printf 'Debian %s, %s packages\n' "$(cat "$root/etc/debian_version")" "$(chroot "$root" dpkg-query --show | wc -l)"
  if [ -n "$only" ]; then
    timed "$only" bash -c "$(in_clone "$only")"
  else
    timed "try.sh, first run" bash -c "$(in_clone 'bash packaging/try.sh')"
    timed "check.sh, first run" bash -c "$(in_clone 'bash packaging/check.sh')"
    timed "try.sh, second run, no network" --net bash -c "$(in_clone 'bash packaging/try.sh')"
    timed "check.sh, second run, no network" --net bash -c "$(in_clone 'bash packaging/check.sh')"
  fi
  printf '\nDisk used by the root: %s\n' "$(du --summarize --human-readable "$root" | cut -f 1)"
  printf '%d of the runs failed\n' "$failures"
  return "$failures"
}

# In braces, so that bash has read all of it before it starts: the tree may change under a run of half an hour.
{
  made=
  if [ -z "$root" ]; then
    root=$(mktemp --directory --tmpdir lemma-bare-root.XXXXXX)
    made=yes
  fi
  mkdir -p "$root"
  chmod 755 "$root"
  root=$(cd "$root" && pwd)
  set +e
  (set -e && main) | tee "$LEMMA_LOGS/bare-root.txt"
  status=${PIPESTATUS[0]}
  if [ -n "$made" ] && [ -z "$keep" ]; then rm -rf --one-file-system "$root"; fi
  exit "$status"
}
