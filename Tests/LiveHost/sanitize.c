// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// Drives the C of Sources/CHost under the sanitizers, over a tree and an archive that sanitize.sh makes: what Swift's own tests
// cannot see is a read past the end, a leak, or a descriptor left open.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "chost_cpuid.h"
#include "chost_helper.h"
#include "chost_ioctl.h"
#include "chost_klog.h"
#include "chost_libvirt.h"
#include "chost_pci.h"
#include "chost_root.h"
#include "sanitize.h"

int failures;

static int open_descriptors(void) {
  int count = 0;
  DIR *folder = opendir("/proc/self/fd");
  while (folder && readdir(folder)) count++;
  if (folder) closedir(folder);
  return count;
}

static void paths(const char *tree) {
  static const char *const all[] = {
      "/inside", "/absolute", "/relative", "/loop", "/there", "/up/inside", "/d/e/f", "/d/e/f/", "//d/./e/../e/f",
      "/folder", "/nothing", "", "/", ".", "/long",
  };
  int root = open(tree, O_PATH | O_DIRECTORY | O_CLOEXEC);
  CHECK(root >= 0);
  char deep[6000] = "", name[400] = "/";
  while (strlen(deep) < 4000) strcat(deep, "/folder/..");
  memset(name + 1, 'x', 300);
  for (size_t i = 0; i < sizeof all / sizeof *all + 2; i++) {
    const char *path = i < sizeof all / sizeof *all ? all[i] : i == sizeof all / sizeof *all ? deep : name;
    int flags[] = {O_RDONLY, O_RDONLY | O_NOFOLLOW, O_PATH, O_PATH | O_NOFOLLOW, O_RDONLY | O_DIRECTORY};
    for (size_t j = 0; j < sizeof flags / sizeof *flags; j++) {
      int kernel = chost_open_inside(root, path, flags[j]), walked = chost_walk_inside(root, path, flags[j]);
      // An empty path is the root to the walk; nobody passes one.
      CHECK(!*path || (kernel < 0) == (walked < 0));
      CHECK(kernel >= 0 || walked >= 0 || !*path || kernel == walked);
      if (kernel >= 0) close(kernel);
      if (walked >= 0) close(walked);
    }
  }
  uint64_t magic = 0;
  CHECK(chost_filesystem(root, &magic) == 0 && magic != 0);
  CHECK(chost_filesystem(-1, &magic) == -EBADF);
  close(root);
}

static void helpers(void) {
  uint8_t *output;
  size_t length;
  int status;
  CHECK(chost_run("/bin/sh", "-c", "printf hello; exit 3", NULL, 10000, 100, &output, &length, &status) == 0);
  CHECK(status == 3 && length == 5 && !memcmp(output, "hello", 5));
  free(output);
  CHECK(chost_run("/bin/sh", "-c", "printf %0100000d 0", NULL, 10000, 100000, &output, &length, &status) == 0);
  CHECK(length == 100000);
  free(output);
  CHECK(chost_run("/bin/sh", "-c", "sleep 60", NULL, 100, 100, &output, &length, &status) == -ETIMEDOUT && !output);
  CHECK(chost_run("/bin/sh", "-c", "yes", NULL, 10000, 9999, &output, &length, &status) == -EMSGSIZE && !output);
  CHECK(chost_run("/no/such", NULL, NULL, NULL, 10000, 100, &output, &length, &status) == 0 && status == 127);
  free(output);
}

static void libraries(void) {
  struct chost_pci *pci;
  CHECK(chost_pci_open("libnothing.so.3", &pci) == -ENOENT && !pci);
  CHECK(chost_pci_open("libm.so.6", &pci) == -ENOSYS && !pci);
  chost_pci_close(NULL);
  if (chost_pci_open(CHOST_LIBPCI, &pci) == 0) {
    uint8_t config[CHOST_PCI_CONFIG_SIZE];
    size_t length;
    for (unsigned i = 0; i < 64; i++) {
      struct chost_pci_address at = {i & 32 ? 0x10000 : 0, 0, i & 31, 0};
      int status = chost_pci_read(pci, &at, config, &length);
      CHECK(status == -ENODATA || status == -EIO || (status == 0 && length >= 64 && length <= sizeof config));
    }
    char name[256], shorter[4];
    int known = chost_pci_name(pci, CHOST_PCI_VENDOR, 0x8086, 0, name, sizeof name);
    CHECK(known == -ENOENT || !strcmp(name, "Intel Corporation"));
    CHECK(chost_pci_name(pci, CHOST_PCI_DEVICE, 0x8086, 0x1592, name, sizeof name) == known);
    // The library's way of saying that the buffer is too short is a string in it.
    chost_pci_name(pci, CHOST_PCI_CLASS, 0x0200, 0, shorter, sizeof shorter);
    CHECK(chost_pci_name(pci, CHOST_PCI_VENDOR, 0xfff1, 0, name, sizeof name) == -ENOENT);
    CHECK(chost_pci_name(pci, (enum chost_pci_kind)9, 0, 0, name, sizeof name) == -EINVAL);
    chost_pci_close(pci);
  } else {
    puts("SKIPPED: libpci.so.3 is not installed");
  }
  char *xml, *why;
  CHECK(chost_libvirt_text("libnothing.so.0", CHOST_LIBVIRT_CAPABILITIES, "x", NULL, &xml, &why) == -ENOENT);
  CHECK(!xml && !why);
}

static void requests(void) {
  uint8_t status[CHOST_SNP_STATUS_SIZE];
  int32_t value, firmware;
  int null = open("/dev/null", O_RDONLY | O_CLOEXEC), columns;
  CHECK(chost_sev_platform_status(null, status, &firmware) == -ENOTTY);
  CHECK(chost_snp_platform_status(null, status, &firmware) == -ENOTTY);
  CHECK(chost_kvm_api_version(null, &value) == -ENOTTY);
  CHECK(chost_kvm_check_extension(-1, 0, &value) == -EBADF);
  CHECK(chost_terminal_columns(null, &columns) == -ENOTTY);
  close(null);
  struct chost_registers registers;
  CHECK(chost_cpuid(-1, 0, 0, &registers) != 0 && chost_cpuid(1 << 20, 0, 0, &registers) != 0);
  int cpuid = chost_cpuid(0, 0, 0, &registers);
  CHECK(cpuid == 0 || cpuid == -EINVAL || cpuid == -ENOTSUP);
  char log[4096];
  size_t length = 0;
  int got = chost_kernel_log(log, sizeof log, &length);
  CHECK(length <= sizeof log && (got == 0 || length == 0));
}

int main(int count, char **arguments) {
  if (count != 3) return 64;
  int before = open_descriptors();
  paths(arguments[1]);
  helpers();
  requests();
  libraries();
  formats(arguments[2]);
  files(arguments[1]);
  folders(arguments[1]);
  sandbox(arguments[1]);
  CHECK(open_descriptors() == before);
  if (failures) fprintf(stderr, "%d checks failed\n", failures);
  return failures ? 1 : 0;
}
