-- SPDX-FileCopyrightText: 2026 The hostcap authors
-- SPDX-License-Identifier: Apache-2.0

-- On how many hosts each capability stands where.
--   capability      public  id: amd.sev-snp
--   hosts           count   hosts that say anything about it
--   proven          count   usable, and a test guest has shown it on this provider's hardware class
--   usable          count   ready, and the release starts such guests
--   ready           count   every rung of the host holds
--   blocked         count   the hardware can; a setting, an update or a binding is missing
--   absent          count   the hardware never can
--   unknown         count   could not be determined, or the report has expired
--   not_applicable  count   reports of guests
SELECT capability,
       SUM(hosts) AS hosts,
       SUM(proven * hosts) AS proven,
       SUM(usable * hosts) AS usable,
       SUM(CASE WHEN state = 'ready' THEN hosts ELSE 0 END) AS ready,
       SUM(CASE WHEN state = 'blocked' THEN hosts ELSE 0 END) AS blocked,
       SUM(CASE WHEN state = 'absent' THEN hosts ELSE 0 END) AS absent,
       SUM(CASE WHEN state = 'unknown' THEN hosts ELSE 0 END) AS unknown,
       SUM(CASE WHEN state = 'notApplicable' THEN hosts ELSE 0 END) AS not_applicable
FROM standing_count
GROUP BY capability
ORDER BY capability
