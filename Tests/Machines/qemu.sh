#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

# qemu.sh: builds the lab's QEMU with two switches more, for the rows of lab.tsv that use them:
#   lab-cpu-cc,snpsup=off   the IOMMU leaves EFR[63] SNPSup clear although the processor has SEV-SNP
#   lab-psp,hang-cmd=N      the secure processor never replies to command N
# 10 minutes; one or two where the lab's build.sh has run before. What is shared stays as it is.
set -euo pipefail
cd "$(dirname "$0")/../.."

lab=$(realpath -m "${HOSTCAP_SHARED:-../shared}")/lab
cache=${LAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/hostlab}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$lab/qemu" "$work/" && chmod -R u+w "$work/qemu"

# change FILE SED: stops where the lab has become another and the change would be lost.
change() {
  cp "$work/qemu/$1" "$work/before"
  sed -i "$2" "$work/qemu/$1"
  ! cmp -s "$work/before" "$work/qemu/$1" || {
    echo "qemu.sh: $1 is not what it was: $2" >&2
    exit 1
  }
}

# The IOMMU asks for SNPSup, the processor's instructions for SEV-SNP.
hook='s/if (lab_cc_snp())/if (lab_cc_snpsup())/'
change apply.py "$hook"
change lab-cc.h '/bool lab_cc_snp(void);/a bool lab_cc_snpsup(void);'
change lab-cc.c '/uint64_t syscfg, hwcr,/a \    bool snpsup;'
change lab-cc.c '/DEFINE_PROP_UINT64("sev-status"/a \    DEFINE_PROP_BOOL("snpsup", LabCpuCC, snpsup, true),'
change lab-cc.c '/^static void lab_cpu_cc_realize/i bool lab_cc_snpsup(void) { return lab_cc_snp() \&\& lab_cpu->snpsup; }'

# Bit 31 of the mailbox's register stays clear and no interrupt comes: the driver waits until its own time is up.
change lab-cc.c '/uint32_t fail_cmd, fail_code;/a \    uint32_t hang_cmd;'
change lab-cc.c '/DEFINE_PROP_UINT32("fail-code"/a \    DEFINE_PROP_UINT32("hang-cmd", LabPSP, hang_cmd, 0),'
change lab-cc.c '/ret = psp_run(s, cmd,/i \        if (s->hang_cmd \&\& cmd == s->hang_cmd) { s->cmdresp = cmd << 16; break; }'

source=$(find "$cache/qemu-src" -mindepth 1 -maxdepth 1 -type d -name 'qemu-*' 2>/dev/null | sort | tail -1)
[ -z "$source" ] || sed -i "$hook" "$source/hw/i386/amd_iommu.c"
nice "$work/qemu/build.sh" ${source:+"$source"}
"$cache/qemu-lab" -device lab-cpu-cc,help | grep snpsup
"$cache/qemu-lab" -device lab-psp,help | grep hang-cmd
