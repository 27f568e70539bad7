# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""JSON text of a report's parts. Texts come in as Python values; what is fixed is written once and kept."""

from functools import lru_cache
from json.encoder import encode_basestring, encode_basestring_ascii

from .vocabulary import LADDERS, LAYER_OF, REASONS


@lru_cache(maxsize=1 << 16)
def quoted(text):
    """A string, or null. Half of those that ASCII cannot hold are written with escapes."""
    if text is None:
        return "null"
    return encode_basestring_ascii(text) if len(text) % 2 else encode_basestring(text)


def counted(number):
    return "null" if number is None else str(number)


def fix_of(reason, address=None):
    """Fix kind and fix of a reason, as a report words them for a device."""
    if reason is None:
        return None, None
    kind, text = REASONS[reason]
    return kind, text.replace("ADDRESS", address) if address else text


def remark(rung, layer, reason, because, verdict, address=None):
    kind, fix = fix_of(reason, address)
    return (f'{{"because":{quoted(because)},"check":null,"commandLine":null,"evidence":[{{"ask":"file:/sys/bus/pci/devices/'
            f'{address or ""}/uevent","raw":"PCI_CLASS=20000 \u2026 (5 lines)"}}],"fix":{quoted(fix)},"fixKind":{quoted(kind)},'
            f'"layer":"{layer}","reason":{quoted(reason)},"rung":"{rung}","verdict":"{verdict}"}}')


VERDICTS = {"blocked": "fail", "absent": "fail", "unknown": "unknown"}


def standing(outcome, address):
    """Headline, remarks and state of a device: the last three keys but for those in between."""
    state, rung, layer, reason, because = outcome
    if rung is None:
        return "null", "[]"
    text = remark(rung, layer, reason, because, VERDICTS[state], address)
    return text, f"[{text}]"


def unit(kind, members, outcome):
    head, remarks = standing(outcome, members[0])
    names = ",".join(f'"{member}"' for member in members)
    return f'{{"headline":{head},"kind":"{kind}","members":[{names}],"remarks":{remarks},"state":"{outcome[0]}"}}'


def physical_function(address, numbers, vf_device, vfs, outcome):
    head, remarks = standing(outcome, address)
    total, active, assigned, free = map(counted, numbers)
    names = ",".join(f'"{vf}"' for vf in vfs)
    return (f'{{"activeVFs":{active},"address":"{address}","assignedVFs":{assigned},"driversAutoprobe":true,"firstVFOffset":8,'
            f'"freeVFs":{free},"netDevices":[],"rdmaDevices":[],"standing":{{"headline":{head},"remarks":{remarks},'
            f'"state":"{outcome[0]}"}},"totalVFs":{total},"vfBars":[{{"bytes":1048576,"bytesPerVF":65536,"index":0}}],'
            f'"vfDevice":{quoted(vf_device)},"vfMSIXCounts":null,"vfMSIXTotal":0,"vfStride":1,"vfsByUse":null,'
            f'"virtualFunctions":[{names}]}}')


DETAILS = ('{"acs":{"enabled":["SrcValid","ReqRedir"],"missing":[],"present":true,"supported":["SrcValid","TransBlk","ReqRedir"]},'
           '"ari":true,"ariForwardingEnabled":null,"ariForwardingSupported":null,"ats":true,"doeMailboxes":1,"dvsec":[],'
           '"functionLevelReset":true,"ide":{"linkStreams":0,"present":false,"selectiveStreams":0,"teeLimitedStream":false},'
           '"pasid":true,"portType":"endpoint","pri":false,"teeIO":false,"vfResizableBars":[]}')
LINK = '{"maximumSpeedMTps":16000,"maximumWidth":16,"speedMTps":16000,"width":16}'


def function(address, class_code, vendor, device, driver, root, group, numa=None, parent=None, detailed=False):
    bars = '[{"bytes":33554432,"index":0,"kind":"memory64"}]' if detailed else "null"
    vfio = quoted("vfio%d" % group if driver == "vfio-pci" else "")
    return (f'{{"address":"{address}","ariEnabled":null,"bars":{bars},"capabilities":{DETAILS if detailed else "null"},'
            f'"class":"{class_code}","device":{quoted(device)},"doeFeatures":null,"driver":{quoted(driver)},'
            f'"hostBridge":"pci0000:{root:02x}","iommuGroup":{group},"link":{LINK if detailed else "null"},"numaNode":{counted(numa)},'
            f'"physicalFunction":{quoted(parent)},"resetMethods":["flr"],"resizableBars":null,"romBytes":0,"rootPort":null,'
            f'"subsystemDevice":{quoted(device)},"subsystemVendor":{quoted(vendor)},"tsm":null,"vendor":{quoted(vendor)},'
            f'"vfioDevice":{vfio}}}')


def accelerator(address, kind, name, memory, nova):
    return (f'{{"address":"{address}","architecture":null,"classified":{"false" if name is None else "true"},"companions":[],'
            f'"confidential":{{"ccCapable":"unknown","ccMode":"unknown","ccModeCheck":null,"standing":null,"teeIO":"unknown"}},'
            f'"kind":"{kind}","memoryGiB":{counted(memory)},"migCapable":"unknown","name":{quoted(name)},'
            f'"novaDeviceType":{quoted(nova)},"qat":{{"services":null,"state":null}},"scsNamePiece":null,"sharing":null,'
            f'"sources":[],"tdispEvidence":{{"authenticated":null,"doe":null,"doeFeatures":null,"ide":null,"teeIO":null,"tsm":null}},'
            f'"unit":null,"units":null,"vgpuTypes":[],"virtualGPUs":[]}}')


def fact(name, value, ask, raw):
    if isinstance(value, list):
        text = "[" + ",".join(map(quoted, value)) + "]"
    elif isinstance(value, str):
        text = quoted(value)
    else:
        text = "true" if value is True else "false" if value is False else str(value)
    return f'"{name}":{{"evidence":[{{"ask":"{ask}","raw":{quoted(raw)}}}],"value":{text}}}'


def finding(reason, because):
    kind, fix = fix_of(reason)
    return (f'{{"because":{quoted(because)},"check":null,"commandLine":null,"evidence":[],"fix":{quoted(fix)},'
            f'"fixKind":{quoted(kind)},"reason":{quoted(reason)},"subject":"host"}}')


def contradiction(name, meaning):
    return f'{{"evidence":[{{"ask":"file:/sys/class/dmi/id/sys_vendor","raw":"QEMU"}}],"id":"{name}","meaning":{quoted(meaning)}}}'


def rung(name, layer, title, verdict, reason=None, because="= 1"):
    kind, fix = fix_of(reason)
    return (f'{{"advisory":false,"because":{quoted(because)},"check":null,"commandLine":null,'
            f'"evidence":[{{"ask":"file:/proc/cpuinfo","raw":null}}],"fix":{quoted(fix)},'
            f'"fixKind":{quoted(kind)},"id":"{name}","implied":false,"impliedBy":[],"layer":"{layer}","reason":{quoted(reason)},'
            f'"specification":"APM 3","title":{quoted(title)},"verdict":"{verdict}"}}')


def landing(capability, name, reason, because):
    if name is None:
        return "null"
    kind, fix = fix_of(reason)
    return (f'{{"because":{quoted(because)},"check":null,"commandLine":null,"fix":{quoted(fix)},"fixKind":{quoted(kind)},'
            f'"layer":"{LAYER_OF[capability, name]}","reason":{quoted(reason)},"rung":"{name}"}}')


@lru_cache(maxsize=1 << 14)
def capability(name, stand):
    """A ladder with its rungs: those below the one that decides pass, and two above it are open."""
    first, second = (stand.stop, stand.open) if stand.stop else (stand.open, None)
    rungs, left, below = [], None, None
    for rung_id, layer, title in LADDERS[name]:
        if left == 0:
            break
        if first and rung_id == first[0] or second and rung_id == second[0]:
            where = first if first and rung_id == first[0] else second
            verdict = "fail" if where is stand.stop else "unknown"
            rungs.append(rung(rung_id, layer, title, verdict, where[1], where[2]))
            left = 2 if left is None else left
        else:
            verdict = "pass" if left is None else "unknown"
            if stand.state == "notApplicable":
                verdict = "notApplicable"
            rungs.append(rung(rung_id, layer, title, verdict))
            below = layer if left is None else below
            left = left and left - 1
    stop, unknown = (landing(name, *(place or (None, None, None))) for place in (stand.stop, stand.open))
    return (f'{{"disputed":[],"firstUnknown":{unknown},"holdsAt":{quoted(below)},"id":"{name}","rungs":[{",".join(rungs)}],'
            f'"state":"{stand.state}","stopsAt":{stop},"title":{quoted(name)}}}')
