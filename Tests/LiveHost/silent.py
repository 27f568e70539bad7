# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""A copy of a folder in which some files never answer a read: as a driver that hangs.

silent.py FOLDER MOUNT NAME...

Mounts FOLDER's files at MOUNT, to read them; whoever reads one whose path ends in a NAME waits in the kernel and cannot be killed
until this program ends. Prints a line when it is ready, and ends with its standard input. As root, with /dev/fuse.
Source: kernel include/uapi/linux/fuse.h and fs/fuse/dev.c, request_wait_answer().
"""

import ctypes, errno, os, select, stat, struct, sys

folder, mount, silent = sys.argv[1], sys.argv[2], tuple(sys.argv[3:])
libc = ctypes.CDLL(None, use_errno=True)
device = os.open("/dev/fuse", os.O_RDWR)
options = f"fd={device},rootmode=40000,user_id=0,group_id=0,allow_other".encode()
MS_NOSUID_NODEV = 6
if libc.mount(b"silent", mount.encode(), b"fuse", MS_NOSUID_NODEV, options):
    sys.exit(f"silent.py: {mount}: {os.strerror(ctypes.get_errno())}")

paths, numbers = {1: ""}, {"": 1}  # by node number, and back


def attributes(path):
    about = os.lstat(folder + path)
    return struct.pack("<6Q10I", numbers.setdefault(path, len(numbers) + 1), about.st_size, 0, 0, 0, 0, 0, 0, 0,
                       about.st_mode, about.st_nlink, 0, 0, 0, 4096, 0)


def entry(path):
    block = attributes(path)
    paths[numbers[path]] = path
    return struct.pack("<4Q2I", numbers[path], 0, 0, 0, 0, 0) + block


def directory(path, offset, size):
    out = b""
    names = [".", ".."] + sorted(os.listdir(folder + path))
    for index, name in list(enumerate(names))[offset:]:
        text = os.fsencode(name)
        kind = stat.S_IFMT(os.lstat(f"{folder}{path}/{name}").st_mode) >> 12
        one = struct.pack("<2Q2I", index + 1, index + 1, len(text), kind) + text
        one += bytes(-len(one) % 8)
        if len(out) + len(one) > size:
            break
        out += one
    return out


def answer(code, node, body):
    """The reply's bytes; `None`: there is none."""
    path = paths.get(node, "")
    if code == 26:  # INIT
        return struct.pack("<4I2H2I8I", 7, 31, 65536, 0, 0, 0, 4096, 1, 0, 0, 0, 0, 0, 0, 0, 0)
    if code == 1:  # LOOKUP
        return entry(path + "/" + os.fsdecode(body.rstrip(b"\0")))
    if code == 3:  # GETATTR
        return struct.pack("<Q2I", 0, 0, 0) + attributes(path)
    if code == 5:  # READLINK
        return os.fsencode(os.readlink(folder + path))
    if code in (14, 27):  # OPEN, OPENDIR: FOPEN_DIRECT_IO, so that no read is answered from a cache
        return struct.pack("<Q2I", 0, 1 if code == 14 else 0, 0)
    offset, size = struct.unpack_from("<QI", body, 8) if code in (15, 28) else (0, 0)
    if code == 28:  # READDIR
        return directory(path, offset, size)
    if code == 15:  # READ
        if path.endswith(silent):
            return None
        with open(folder + path, "rb") as file:
            file.seek(offset)
            return file.read(size)
    if code in (2, 36, 42):  # FORGET, INTERRUPT, BATCH_FORGET want no reply
        return None
    if code in (18, 25, 29, 34):  # RELEASE, FLUSH, RELEASEDIR, ACCESS
        return b""
    raise OSError(errno.ENOSYS, "")


print("ready", flush=True)
try:
    while True:
        readable, _, _ = select.select([device, sys.stdin], [], [])
        if sys.stdin in readable and not os.read(0, 1):
            break
        if device not in readable:
            continue
        request = os.read(device, 1 << 20)
        _, code, unique, node = struct.unpack_from("<2I2Q", request)
        try:
            body, error = answer(code, node, request[40:]), 0
        except OSError as failure:
            body, error = b"", -(failure.errno or errno.EIO)
        if body is not None:
            os.write(device, struct.pack("<IiQ", 16 + len(body), error, unique) + body)
finally:
    libc.umount2(mount.encode(), 2)  # MNT_DETACH
