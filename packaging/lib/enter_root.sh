#!/usr/bin/env bash
# enter_root.sh ROOT COMMAND...: runs the command with ROOT as its file system, in the mount namespace that
# bare-root-check.sh has made with unshare. By pivot_root: a process in a plain chroot may not make the user namespaces
# that the sandbox needs. The mounts vanish with the namespace.
set -euo pipefail
root=$1
shift

# Without the network (unshare --net), a machine still has its loopback.
ip link set lo up 2>/dev/null || true

mount --make-rprivate /
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount --rbind --make-rslave /sys "$root/sys"
mount --rbind --make-rslave /dev "$root/dev"
mount -t tmpfs tmpfs "$root/dev/shm"
mount -t tmpfs tmpfs "$root/tmp"
mkdir -p "$root/.outside"
cd "$root"
pivot_root . .outside
# /bin/sh of the new root from here on; the old root is let go before anything of the tree runs.
exec chroot . /bin/bash -c 'umount --lazy /.outside && rmdir /.outside && cd "$HOME" && exec "$@"' bash "$@"
