#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

# deb.sh OUT: makes the packages hostcap-agent and hostcap, and a tarball of the agent for other distributions.
# Takes the release build, the manual pages and the completions from below .build, where make puts them.
set -euo pipefail
cd "$(dirname "$0")/../../.." || exit 1
out=$(realpath -m "${1:?the folder for the packages}")
here=Sources/hostcap-agent/Packaging
version=$(sed -nE 's/.*productVersion = "([^"]+)".*/\1/p' Sources/HostModel/HostReport.swift)
architecture=$(dpkg --print-architecture)
# The same commit gives the same bytes.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH
# Packages hold files of these modes, whoever makes them.
umask 022
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"

# The youngest glibc a program asks for; older than 2.34 is not supported by any release hostcap is for.
youngest_glibc() { objdump -T "$1" | grep -o 'GLIBC_[0-9.]*' | sed 's/GLIBC_//' | sort -Vu | tail -1; }

# put PACKAGE PROGRAM: what both packages have.
put() {
  local root=$work/$1
  install -D -m 755 ".build/release/$1" "$root/usr/bin/$1"
  strip --strip-unneeded --remove-section=.comment --remove-section=.note "$root/usr/bin/$1"
  install -d "$root/usr/share/man/man1" "$root/usr/share/doc/$1"
  local page
  for page in .build/man/"$1".1 .build/man/"$1".*.1; do
    [ -f "$page" ] || continue
    # groff warns of empty lines, which the generator leaves between paragraphs.
    sed 's/^[[:space:]]*$/.Pp/' "$page" | gzip -9n > "$root/usr/share/man/man1/$(basename "$page").gz"
  done
  install -m 644 "$here/copyright" "$root/usr/share/doc/$1/copyright"
  {
    echo "hostcap ($version) unstable; urgency=medium"
    echo
    echo "  * See the notes of the release."
    echo
    echo " -- The hostcap authors <hostcap@example.org>  $(LC_ALL=C date -u -R -d "@$SOURCE_DATE_EPOCH")"
  } | gzip -9n > "$root/usr/share/doc/$1/changelog.gz"
  # Completions are sourced, not run.
  install -d "$root/usr/share/bash-completion/completions"
  sed '1{/^#!/d}' ".build/completions/$1.bash" > "$root/usr/share/bash-completion/completions/$1"
  install -D -m 644 ".build/completions/_$1" "$root/usr/share/zsh/vendor-completions/_$1"
  install -D -m 644 ".build/completions/$1.fish" "$root/usr/share/fish/vendor_completions.d/$1.fish"
}

# overrides PACKAGE LIBRARY...: libraries inside on purpose. A node starts the agent whatever it has installed.
overrides() {
  local package=$1 library
  shift
  install -d "$work/$package/usr/share/lintian/overrides"
  for library; do echo "$package: embedded-library $library [usr/bin/$package]"; done \
    > "$work/$package/usr/share/lintian/overrides/$package"
}

# libraries PROGRAM: the packages, with a comma in front of each, of what it needs beside the C and C++ runtimes. Their
# names carry the library's version, so a package is for the release that it was made on.
libraries() {
  local name
  objdump -p "$1" | awk '$1 == "NEEDED" { print $2 }' | grep -E '^lib(simdjson|sqlite3)\.' | while read -r name; do
    dpkg -S "*/$name" | head -1 | cut -d: -f1
  done | sort -u | sed 's/^/, /' | tr -d '\n'
}

# control PACKAGE RECOMMENDS SUMMARY: the rest of the description comes in on standard input.
control() {
  local root=$work/$1
  install -d "$root/DEBIAN"
  {
    echo "Package: $1"
    echo "Version: $version"
    echo "Architecture: $architecture"
    echo "Maintainer: The hostcap authors <hostcap@example.org>"
    echo "Section: admin"
    echo "Priority: optional"
    echo "Homepage: https://github.com/SovereignCloudStack/hostcap"
    echo "Depends: libc6 (>= $(youngest_glibc "$root/usr/bin/$1")), libgcc-s1 (>= 3.3), libstdc++6 (>= 11)$(libraries "$root/usr/bin/$1")"
    [ -z "$2" ] || echo "Recommends: $2"
    echo "Installed-Size: $(du -sk --exclude=DEBIAN "$root" | cut -f1)"
    echo "Description: $3"
    sed 's/^/ /'
  } > "$root/DEBIAN/control"
  (cd "$root" && find . -type f ! -path './DEBIAN/*' -printf '%P\0' | sort -z | xargs -0 md5sum > DEBIAN/md5sums)
}

build() {
  find "$work/$1" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
  dpkg-deb --root-owner-group --build "$work/$1" "$out/$1_${version}_$architecture.deb"
}

put hostcap-agent
agent=$work/hostcap-agent
install -D -m 644 "$here/hostcap-agent.service" "$agent/lib/systemd/system/hostcap-agent.service"
install -D -m 644 "$here/hostcap-agent.timer" "$agent/lib/systemd/system/hostcap-agent.timer"
install -D -m 644 "$here/hostcap.tmpfiles" "$agent/usr/lib/tmpfiles.d/hostcap.conf"
install -D -m 644 "$here/hostcap-agent.default" "$agent/etc/default/hostcap-agent"
install -D -m 644 "$here/hostcap-agent.apparmor" "$agent/etc/apparmor.d/usr.bin.hostcap-agent"
overrides hostcap-agent expat
control hostcap-agent 'libpci3, libvirt0' 'report what a KVM host can do for confidential guests' <<'TEXT'
It reads CPUID, MSRs, sysfs, PCI and libvirt, and says for AMD SEV, SEV-ES and
SEV-SNP, Intel TDX and SGX, SR-IOV and PCI passthrough whether this host is
ready, and if not, on which layer it stops and what to switch. It only reads.
.
A timer runs it once a day and after boot.
TEXT
printf '%s\n' /etc/default/hostcap-agent /etc/apparmor.d/usr.bin.hostcap-agent > "$agent/DEBIAN/conffiles"
for script in postinst prerm postrm; do install -m 755 "$here/$script" "$agent/DEBIAN/$script"; done
build hostcap-agent

put hostcap
overrides hostcap expat libyaml
control hostcap 'libpci3, libvirt0, openssh-client, pci.ids' 'plan cloud capacity from reports on KVM hosts' <<'TEXT'
The operator's program beside hostcap-agent: it judges recorded hosts again,
explains each step, and turns the reports of a region into what OpenStack
takes: nova.conf, provider configurations and flavors, by release.
TEXT
build hostcap

# The agent alone, with its units, to be unpacked at /.
tarball=$out/hostcap-agent-$version-$architecture.tar.gz
tar -C "$agent" --exclude=./DEBIAN --exclude=./etc/apparmor.d --sort=name --owner=0 --group=0 --numeric-owner \
  --mtime="@$SOURCE_DATE_EPOCH" -cf - . | gzip -9n > "$tarball"
(cd "$out" && sha256sum ./*"$version"*"$architecture"* > SHA256SUMS && cat SHA256SUMS)
