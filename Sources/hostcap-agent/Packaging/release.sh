#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

# release.sh OUT: builds HEAD from nothing, in the one folder where every release is built, and leaves the release in OUT.
#
# In one folder, because swiftc 6.3 puts the length of a source file's whole path into the check behind
# withoutActuallyEscaping(), which GRDB and our board use, whatever -file-prefix-map says. From nothing and of HEAD, because
# nobody else could build what is only here.
set -euo pipefail
out=$(realpath -m "${1:?the folder for the release}")
cd "$(dirname "$0")/../../.." || exit 1
top=$PWD
place=/var/tmp/hostcap-release
commit=$(git rev-parse HEAD)
[ -z "$(git status --porcelain --untracked-files=no)" ] ||
  echo "hostcap: $top: has changes that are in no commit, and so in no release" >&2
if ! mkdir -m 700 "$place" 2>/dev/null; then
  echo "hostcap: $place: is there already: another release is being built, or one was left behind" >&2
  exit 2
fi
trap 'rm -rf "$place"' EXIT
trap 'exit 1' INT TERM HUP
git clone -q --no-checkout "$top" "$place" && git -C "$place" checkout -q --detach "$commit"
make -C "$place" --no-print-directory deb
"$place/Sources/hostcap-agent/Packaging/dist.sh" "$place/.build/packages" "$out"
