// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// hold FUNCTION GROUP: asks VFIO for a function as a guest's QEMU would, and lets go. Prints `ok` or the call and errno.
#include <errno.h>
#include <fcntl.h>
#include <linux/vfio.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>

static int failed(const char *call) {
  printf("%s %s\n", call, strerrorname_np(errno));
  return 1;
}

int main(int count, char **words) {
  char path[64];
  struct vfio_group_status status = {.argsz = sizeof status};
  if (count != 3) return 2;
  snprintf(path, sizeof path, "/dev/vfio/%s", words[2]);
  int container = open("/dev/vfio/vfio", O_RDWR | O_CLOEXEC), group = open(path, O_RDWR | O_CLOEXEC);
  if (container < 0 || group < 0) return failed("open");
  if (ioctl(group, VFIO_GROUP_GET_STATUS, &status)) return failed("VFIO_GROUP_GET_STATUS");
  if (!(status.flags & VFIO_GROUP_FLAGS_VIABLE)) return puts("not viable"), 1;
  if (ioctl(group, VFIO_GROUP_SET_CONTAINER, &container)) return failed("VFIO_GROUP_SET_CONTAINER");
  if (ioctl(container, VFIO_SET_IOMMU, VFIO_TYPE1v2_IOMMU)) return failed("VFIO_SET_IOMMU");
  if (ioctl(group, VFIO_GROUP_GET_DEVICE_FD, words[1]) < 0) return failed("VFIO_GROUP_GET_DEVICE_FD");
  puts("ok");
  return 0;
}
