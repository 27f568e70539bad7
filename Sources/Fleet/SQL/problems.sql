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
SELECT subject, state, layer, reason, fix_kind, fix, SUM(hosts) AS hosts, SUM(units) AS units
FROM (SELECT capability AS subject, state, layer, reason, fix_kind, fix, hosts, hosts AS units
      FROM standing_count
      WHERE state IN ('blocked', 'unknown')
      UNION ALL
      SELECT CASE WHEN p.id = '' THEN p.kind ELSE p.kind || ' ' || p.id END AS subject, c.state AS state,
             c.layer AS layer, c.reason AS reason, c.fix_kind AS fix_kind, c.fix AS fix, c.hosts AS hosts,
             c.units AS units
      FROM stop_count c
      JOIN device_product p ON p.product = c.thing
      CROSS JOIN scope s
      WHERE s.one_capability = '') t
GROUP BY subject, state, layer, reason, fix_kind, fix
ORDER BY hosts DESC, subject, state, layer, reason, fix_kind, fix
