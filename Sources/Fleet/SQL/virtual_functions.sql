-- SPDX-FileCopyrightText: 2026 The hostcap authors
-- SPDX-License-Identifier: Apache-2.0

-- Virtual functions by the model of their physical function.
--   id        public  vendor:device of the PF; empty: not known
--   hosts     count
--   physical  count   PFs
--   total     count   sriov_totalvfs
--   active    count   sriov_numvfs
--   assigned  count   of the active, those bound to VFIO
--   free      count   a guest could have: to be enabled, or enabled and not assigned; the PF's ladder holds and the IOMMU works; of expired reports none
SELECT id,
       SUM(hosts) AS hosts,
       SUM(physical) AS physical,
       SUM(total) AS total,
       SUM(active) AS active,
       SUM(assigned) AS assigned,
       SUM(free) AS free
FROM virtual_function_count
GROUP BY id
ORDER BY id
