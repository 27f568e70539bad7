# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""Whether a program only read, by what `strace -f -y -e trace=TRACED -o TRACE` saw of it.

read-only.py TRACE --output FILE... [--asleep FUNCTION,...]

TRACED: %file,%desc,%network,ioctl,init_module,finit_module,delete_module,kexec_load,kexec_file_load,bpf. FILEs are what it was
told to write. Each function is suspended: what would wake it must not be touched.
"""

import argparse, collections, os, re, sys

# What changes something by a name or a descriptor, whatever the flags.
CHANGES = re.compile(
    r"(creat|p?writev?2?|pwrite64|ftruncate|truncate|fallocate|unlink(at)?|rmdir|mkdir(at)?|mknod(at)?|link(at)?"
    r"|symlink(at)?|rename(at2?)?|f?l?chown|fchownat|f?chmod|fchmodat2?|utime|utimes|utimensat|futimesat"
    r"|f?l?(set|remove)xattr(at)?|mount|umount2?|pivot_root|swapon|swapoff|sendfile|splice|copy_file_range|acct"
    r"|fanotify_mark|quotactl|move_mount|fsopen|open_tree|setns|process_vm_writev|bind|listen|accept4?)$")
LOADS = re.compile(r"(init_module|finit_module|delete_module|kexec_load|kexec_file_load|bpf)$")
SENDS = re.compile(r"(sendto|sendmsg|sendmmsg)$")
# Questions to KVM, to a terminal, to the secure processor; the last one with a status command, which lab.sh watches.
REQUESTS = ("KVM_GET_API_VERSION", "KVM_CHECK_EXTENSION", "TCGETS", "TIOCGWINSZ", "SEV_ISSUE_CMD")
# Source: kernel Documentation/ABI/testing/sysfs-bus-pci and drivers/pci/pci-sysfs.c, pci_config_pm_runtime_get().
WAKING = r"(config|(current|max)_link_(speed|width)|rom|vpd|resource\d.*)"
PRIVATE = re.compile(r"pipe:\[|anon_inode:|socket:\[|UNIX")


def complaint(call, arguments, options):
    """Why a call is more than reading; `None`: it is not."""
    name = re.search(r'"([^"]*)"', arguments)
    name = name[1] if name else ""
    descriptor = re.match(r"\d+<(.*?)>[,) ]", arguments + " ")
    descriptor = descriptor[1] if descriptor else ""
    temporary = any(
        re.fullmatch(rf"{re.escape(folder)}/?\.hostcap\.\d+", path)
        for folder in {os.path.dirname(path) or "." for path in options.output} for path in (name, descriptor) if path)
    for address in options.asleep:
        if re.search(rf"/{re.escape(address)}/{WAKING}[\">]", arguments):
            return f"would wake {address}"
    if call in ("open", "openat", "openat2"):
        modes = set(re.findall(r"\bO_[A-Z]+", arguments))
        if modes <= {"O_RDWR", "O_CLOEXEC"} and name == "/dev/null":
            return None
        if modes & {"O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND", "O_TMPFILE"}:
            return None if temporary and "O_EXCL" in modes else "opens to write"
        return None
    if call in ("rename", "renameat", "renameat2"):
        names = re.findall(r'"([^"]*)"', arguments)
        return None if temporary and names[-1] in options.output else "renames"
    if call in ("write", "writev") and arguments[:2] in ("1<", "2<"):
        return None
    if LOADS.match(call):
        return "changes the kernel"
    if CHANGES.match(call):
        return None if temporary or PRIVATE.match(descriptor) else "changes something"
    if call == "mmap" and re.search(r"/resource\d|<?/dev/(mem|kmem|port)\b", arguments):
        return "maps a device"
    if call == "mmap" and "MAP_SHARED" in arguments and "PROT_WRITE" in arguments and "MAP_ANONYMOUS" not in arguments:
        return "maps to write"
    if call == "ioctl" and not re.match(rf"\d+(<.*>)?, ({'|'.join(REQUESTS)})\b", arguments):
        return "is no known request"
    if call in ("socket", "socketpair") and not arguments.startswith("AF_UNIX"):
        return "leaves the machine"
    if call == "connect" and not re.search(r'sun_path="[^"]*/libvirt/[^"]*"', arguments):
        return "is not libvirt's"
    if SENDS.match(call) and not PRIVATE.match(descriptor):
        return "sends"
    if call in ("execve", "execveat") and "hostcap-agent" not in name and name != "/proc/self/exe":
        return "starts another program"
    return None


parser = argparse.ArgumentParser()
parser.add_argument("trace")
parser.add_argument("--output", action="append", default=[])
parser.add_argument("--asleep", type=lambda text: [each for each in text.split(",") if each], default=[])
options = parser.parse_args()

wrong, calls = [], collections.Counter()
with open(options.trace, errors="replace") as trace:
    for line in trace:
        # The end of a call that another process interrupted says nothing that its beginning did not.
        match = re.match(r"(?:\d+ +)?(\w+)\((.*)", line)
        if not match:
            continue
        call, rest = match.groups()
        calls[call] += 1
        why = complaint(call, rest, options)
        if why:
            wrong.append(f"  {why}: {line.strip()[:200]}")
if not calls["openat"] + calls["open"]:
    wrong.append("  the trace holds no open")
print(f"{sum(calls.values())} calls, {calls['openat'] + calls['open']} opens, {calls['ioctl']} ioctls")
print("\n".join(wrong[:20]))
sys.exit(bool(wrong))
