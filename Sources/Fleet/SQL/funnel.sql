-- SPDX-FileCopyrightText: 2026 The hostcap authors
-- SPDX-License-Identifier: Apache-2.0

-- How far hosts come: those that hold at least up to each stage.
--   provider    public
--   capability  public
--   hosts       count
--   silicon     count   the processor can
--   firmware    count   and BIOS and secure processor let it
--   kernel      count   and the kernel
--   hypervisor  count   and KVM, QEMU, libvirt and the guests' firmware: ready
--   platform    count   and the release starts such guests: usable
--   proven      count   and a test guest has shown it
--   unknown     count   nobody can tell; in none of the above
SELECT provider, capability,
       SUM(hosts) AS hosts,
       SUM(CASE WHEN reached >= 1 THEN hosts ELSE 0 END) AS silicon,
       SUM(CASE WHEN reached >= 2 THEN hosts ELSE 0 END) AS firmware,
       SUM(CASE WHEN reached >= 3 THEN hosts ELSE 0 END) AS kernel,
       SUM(CASE WHEN reached >= 4 THEN hosts ELSE 0 END) AS hypervisor,
       SUM(CASE WHEN reached >= 5 THEN hosts ELSE 0 END) AS platform,
       SUM(CASE WHEN reached >= 6 THEN hosts ELSE 0 END) AS proven,
       SUM(CASE WHEN state = 'unknown' THEN hosts ELSE 0 END) AS unknown
FROM standing_count
GROUP BY provider, capability
ORDER BY provider, capability
