// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// libvirt, loaded at run time and only in a helper process: it brings some fifty shared libraries, may block for
// ever on a stuck daemon, and writes to standard error.
#ifndef CHOST_LIBVIRT_H
#define CHOST_LIBVIRT_H

#define CHOST_LIBVIRT "libvirt.so.0"

enum chost_libvirt_document {
  CHOST_LIBVIRT_CAPABILITIES,
  CHOST_LIBVIRT_DOMAIN_CAPABILITIES,
  CHOST_LIBVIRT_NODE_SEV_INFO,
  CHOST_LIBVIRT_NODE_DEVICES,
  CHOST_LIBVIRT_VERSION,
};

/// One XML document from libvirt, or lines: of a name and a number, or of a name. Blocks as long as libvirt does.
///
/// `machine` (NULL: libvirt's default) is for domain capabilities. The caller frees `text` and `why`; `why` is
/// libvirt's own message where it gave one. -ENOENT with no `why`: the library is not installed. -ENOSYS: it lacks
/// a function. -EACCES: libvirt refused us. Else libvirt's errno, or -EIO.
int chost_libvirt_text(const char *library, enum chost_libvirt_document which, const char *uri,
                       const char *machine, char **text, char **why);
#endif
