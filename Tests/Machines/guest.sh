# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh

# Sourced in the guests of devices.sh: hands functions out as an operator would, and copies out what the kernel and lspci
# say of them.

cd /sys/bus/pci/devices || exit 1

# virtual PF COUNT [0]: that many VFs; with 0 none of them gets a driver.
virtual() {
  echo "${3:-1}" >"$1/sriov_drivers_autoprobe"
  echo "$2" >"$1/sriov_numvfs"
}

# bind DRIVER FUNCTION...
bind() {
  driver=$1
  shift
  for function; do
    [ ! -e "$function/driver" ] || echo "$function" >"$function/driver/unbind"
    echo "$driver" >"$function/driver_override"
    echo "$function" >"/sys/bus/pci/drivers/$driver/bind"
  done
}

# asleep: `function milliseconds` of what is suspended, and how long it was awake in all: waking it would show.
asleep() {
  for function in *; do
    [ "$(cat "$function/power/runtime_status")" != suspended ] ||
      echo "$function $(cat "$function/power/runtime_active_time")"
  done
}

# copy: `function/attribute:value`, links by the last part of where they lead; groups; both forms of lspci.
copy() {
  grep . -- */vendor */device */class */subsystem_vendor */subsystem_device */numa_node */sriov_totalvfs \
    */sriov_numvfs */sriov_offset */sriov_stride */sriov_vf_device */sriov_drivers_autoprobe >/out/sysfs
  for link in */driver */iommu_group */physfn */virtfn*; do
    [ ! -L "$link" ] || echo "$link:$(basename "$(readlink "$link")")"
  done >>/out/sysfs
  (cd /sys/kernel/iommu_groups && ls -d -- */devices/*) >/out/groups
  lspci -Dnvmmk >/out/lspci
  lspci -Dnvvv >/out/lspci-vvv
}

# offer: hands each function to VFIO in turn and asks for it. Not what the machine is made of, PFs whose VFs are on, and
# the port by which the answers leave.
offer() {
  modprobe vfio_iommu_type1
  for function in *; do
    [ "$(cat "$function/sriov_numvfs" 2>/dev/null || echo 0)" = 0 ] || continue
    case $function$(cat "$function/class") in 0000:00:1[ce]* | *0x06* | *0x08* | *0x0c05* | *0x1080*) continue ;; esac
    bind vfio-pci "$function"
    echo "$function $(/payload/hold "$function" "$(basename "$(readlink "$function/iommu_group")")")"
    echo "$function" >"$function/driver/unbind"
  done >/out/offered
}
