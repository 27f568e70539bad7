-- SPDX-FileCopyrightText: 2026 The hostcap authors
-- SPDX-License-Identifier: Apache-2.0

-- The release gate: of the hosts that are ready, those whose guests the release starts.
--   capability   public
--   hosts        count
--   ready        count
--   usable       count
--   waiting      count   ready, and a later release starts such guests
--   never        count   ready, and no known release does
--   usable_from  public  the first release that starts them on the hosts that wait; empty: none waits
SELECT capability,
       SUM(hosts) AS hosts,
       SUM(CASE WHEN state = 'ready' THEN hosts ELSE 0 END) AS ready,
       SUM(usable * hosts) AS usable,
       SUM(CASE WHEN state = 'ready' AND usable = 0 AND usable_from <> '' THEN hosts ELSE 0 END) AS waiting,
       SUM(CASE WHEN state = 'ready' AND usable_from = '' THEN hosts ELSE 0 END) AS never,
       COALESCE(MIN(CASE WHEN state = 'ready' AND usable = 0 AND usable_from <> '' THEN usable_from END), '')
         AS usable_from
FROM standing_count
GROUP BY capability
ORDER BY capability
