-- SPDX-FileCopyrightText: 2026 The hostcap authors
-- SPDX-License-Identifier: Apache-2.0

-- Virtual functions of each provider.
--   provider  public
--   id        public
--   hosts     count
--   physical  count
--   total     count
--   active    count
--   assigned  count
--   free      count
SELECT provider, id,
       SUM(hosts) AS hosts,
       SUM(physical) AS physical,
       SUM(total) AS total,
       SUM(active) AS active,
       SUM(assigned) AS assigned,
       SUM(free) AS free
FROM virtual_function_count
GROUP BY provider, id
ORDER BY provider, id
