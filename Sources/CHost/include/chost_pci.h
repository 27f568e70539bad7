// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// libpci, loaded at run time: a host without it is still reported on.
#ifndef CHOST_PCI_H
#define CHOST_PCI_H
#include <stddef.h>
#include <stdint.h>

#define CHOST_LIBPCI "libpci.so.3"

struct chost_pci;
struct chost_pci_address {
  uint32_t domain;
  uint8_t bus, device, function;
};

/// Bytes of the longest configuration space there is, PCI Express's.
enum { CHOST_PCI_CONFIG_SIZE = 4096 };

/// Loads `library` and opens the host's sysfs through it, nothing else: no port I/O, no /proc, no /dev/mem.
/// -ENOENT: the library is not installed. -ENOSYS: it lacks a function we need. -EIO: it called its error hook.
int chost_pci_open(const char *library, struct chost_pci **out);

/// Reads a function's configuration space as far as the kernel gives it: 4096, 256, 128 or 64 bytes.
/// -ENODATA: fewer, or no such function. -EIO: the library called its error hook, for this function only.
int chost_pci_read(struct chost_pci *pci, const struct chost_pci_address *at,
                   uint8_t config[CHOST_PCI_CONFIG_SIZE], size_t *length);

enum chost_pci_kind { CHOST_PCI_VENDOR, CHOST_PCI_DEVICE, CHOST_PCI_CLASS, CHOST_PCI_INTERFACE };

/// The name that the local pci.ids has: a vendor (`first`), a device (vendor, device), a class (`first`: its upper
/// 16 bits), a programming interface (class, interface). NUL-terminated, cut to `size`. -ENOENT: it has none.
int chost_pci_name(struct chost_pci *pci, enum chost_pci_kind kind, uint16_t first, uint16_t second,
                   char *name, size_t size);

/// NULL is allowed.
void chost_pci_close(struct chost_pci *pci);
#endif
