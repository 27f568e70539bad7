-- SPDX-FileCopyrightText: 2026 The hostcap authors
-- SPDX-License-Identifier: Apache-2.0

-- What the interop suite picks its targets from.
--   provider    public
--   region      public
--   capability  public
--   stage       public  the farthest stage that a host of the region has passed: none, silicon, firmware, kernel, hypervisor, platform or proven
--   hosts       count   at that stage
--   proven_at   day     empty: no proof
--   newest      day     of the last report
SELECT t.provider AS provider, t.region AS region, t.capability AS capability,
       CASE t.best WHEN 6 THEN 'proven' WHEN 5 THEN 'platform' WHEN 4 THEN 'hypervisor' WHEN 3 THEN 'kernel'
                   WHEN 2 THEN 'firmware' WHEN 1 THEN 'silicon' ELSE 'none' END AS stage,
       SUM(CASE WHEN s.reached = t.best THEN s.hosts ELSE 0 END) AS hosts,
       MAX(s.proven_at) AS proven_at,
       MAX(s.newest) AS newest
FROM (SELECT provider, region, capability, MAX(reached) AS best
      FROM standing_count
      GROUP BY provider, region, capability) t
JOIN standing_count s ON s.provider = t.provider AND s.region = t.region AND s.capability = t.capability
GROUP BY t.provider, t.region, t.capability, t.best
ORDER BY provider, region, capability
