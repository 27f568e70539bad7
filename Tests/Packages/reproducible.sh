#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

# reproducible.sh: make dist of HEAD in two clones, whose names differ in length, with another umask, time zone and language,
# gives a release of the same bytes both times. Half an hour on two cores.
#   HOSTCAP_DIST_KEEP=DIR    keep both releases there
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
top=$PWD
work=${HOSTCAP_DIST_KEEP:-$(mktemp -d)}
[ -n "${HOSTCAP_DIST_KEEP:-}" ] || trap 'rm -rf "$work"' EXIT
commit=$(git rev-parse HEAD)

# build NAME FOLDER
build() {
  local folder=$work/$2
  mkdir -p "$(dirname "$folder")" && git clone -q "$top" "$folder" && git -C "$folder" checkout -q "$commit" || return 1
  begun=$SECONDS
  # Another umask, time zone and language: none of them belongs into a release.
  (cd "$folder" && umask "$3" && TZ=$4 LC_ALL=$5 make dist >"$work/$1.log" 2>&1) ||
    { echo "FAILED $1: $(tail -n 3 "$work/$1.log" | tr '\n' ' ')"; return 1; }
  mkdir -p "$work/$1" && cp -a "$folder/.build/dist/." "$work/$1/" || return 1
  # Both builds at once would be 4 GB.
  rm -rf "$folder"
  echo "ok built in $((SECONDS - begun)) s, in a folder of ${#folder} characters"
}

status=0
build first a 022 UTC C || exit 1
build second a-folder/with-a-name/that-is-longer 077 Asia/Kolkata C.UTF-8 || exit 1
for name in $( (ls "$work/first"; ls "$work/second") | sort -u); do
  if cmp -s "$work/first/$name" "$work/second/$name"; then
    echo "ok the same $(stat -c %s "$work/first/$name") bytes: $name"
  else
    status=1
    echo "FAILED $name: $(cmp "$work/first/$name" "$work/second/$name" 2>&1 | head -1)"
    # Where, for whoever has to find out why.
    case $name in *.json | *.md | SHA256SUMS) diff "$work/first/$name" "$work/second/$name" | head -10 ;; esac
  fi
done
for name in first second; do (cd "$work/$name" && sha256sum --quiet -c SHA256SUMS) || status=1; done
[ "$status" -eq 0 ] && echo "ok two builds of $commit: the same release"
exit "$status"
