-- SPDX-FileCopyrightText: 2026 The hostcap authors
-- SPDX-License-Identifier: Apache-2.0

-- What stops capabilities and devices, each cause with its fix; the most hosts first.
--   subject   public   a capability's id, or a device's kind and vendor:device
--   state     public   blocked or unknown
--   layer     public   environment, cpu, firmware, psp, kernel, kvm, qemu, libvirt, guestFirmware, capacity or scheduler
--   reason    public   one of hostcap's reasons; empty: none of them
--   fix_kind  public   config, reboot, bios, firmware, hardware or none
--   fix       private  in the report's words
--   hosts     count
--   units     count    devices; for a capability its hosts
SELECT subject, state, layer, reason, fix_kind, fix, COUNT(DISTINCT host) AS hosts, SUM(units) AS units
FROM (SELECT host, capability AS subject, state, layer, reason, fix_kind, fix, 1 AS units
      FROM standing
      WHERE state IN ('blocked', 'unknown')
      UNION ALL
      SELECT host, CASE WHEN id = '' THEN kind ELSE kind || ' ' || id END AS subject, state, layer, reason, fix_kind,
             fix, units
      FROM device CROSS JOIN scope s
      WHERE state IN ('blocked', 'unknown') AND s.one_capability = '') t
GROUP BY subject, state, layer, reason, fix_kind, fix
ORDER BY hosts DESC, subject, state, layer, reason, fix_kind, fix
