#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

# dist.sh PACKAGES OUT: everything a release has, from what deb.sh made: both packages, the tarball, both programs by
# themselves, an SBOM of each, the release's changes, a statement of how it was built, and the digests of all of these.
# The same commit, toolchain and system packages give the same bytes: no file tells when or where it was made.
set -euo pipefail
packages=$(realpath "${1:?the folder with the packages}")
out=$(realpath -m "${2:?the folder for the release}")
cd "$(dirname "$0")/../../.." || exit 1
here=Sources/hostcap-agent/Packaging
version=$(sed -nE 's/.*productVersion = "([^"]+)".*/\1/p' Sources/HostModel/HostReport.swift)
architecture=$(dpkg --print-architecture)
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH LC_ALL=C
umask 022
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# A folder that holds another release's files would be signed as this one's; one that holds anything else is somebody's.
if [ -n "$(ls -A "$out" 2>/dev/null)" ] && [ ! -f "$out/SHA256SUMS" ]; then
  echo "hostcap: $out: is no release, and not empty" >&2
  exit 2
fi
rm -rf "$out"
mkdir -p "$out"

for program in hostcap-agent hostcap; do
  deb=$packages/${program}_${version}_$architecture.deb
  [ -f "$deb" ] || { echo "hostcap: $deb: is not there; make deb" >&2; exit 2; }
  cp "$deb" "$out/"
  dpkg-deb -x "$deb" "$work/$program"
  install -m 755 "$work/$program/usr/bin/$program" "$out/$program-$version-$architecture"
  python3 "$here/sbom.py" --product "$program" --version "$version" --deb "$deb" --root "$work/$program" \
    --output "$out/$program-$version.spdx.json"
done
cp "$packages/hostcap-agent-$version-$architecture.tar.gz" "$out/"

# This release's section; before the release, what will be in it.
changes() {
  awk -v head="## $1" 'index($0, head) == 1 && (length($0) == length(head) || substr($0, length(head) + 1, 1) == " ") { on = 1; print; next }
    /^## / { on = 0 } on' CHANGELOG.md
}
section=$(changes "$version")
[ -n "$section" ] || section=$(changes Unreleased)
[ -n "$section" ] || { echo "hostcap: CHANGELOG.md: has no section of $version, and none of what is unreleased" >&2; exit 2; }
{
  printf '<!--\nSPDX-FileCopyrightText: %s The hostcap authors\nSPDX-License-Identifier: Apache-2.0\n-->\n\n' \
    "$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y)"
  printf '# hostcap %s\n\n%s\n' "$version" "$section"
} >"$out/CHANGES-$version.md"

python3 "$here/provenance.py" --version "$version" --output "$out/hostcap-$version.provenance.json" "$out"/*
find "$out" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
(cd "$out" && sha256sum -- * >"$work/SHA256SUMS" && mv "$work/SHA256SUMS" SHA256SUMS && touch -d "@$SOURCE_DATE_EPOCH" SHA256SUMS)
cat "$out/SHA256SUMS"
