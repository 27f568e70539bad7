-- SPDX-FileCopyrightText: 2026 The hostcap authors
-- SPDX-License-Identifier: Apache-2.0

-- What hosts remark beside the ladders: findings, and sources that contradict each other.
--   kind    public   finding or contradiction
--   reason  public   a reason or a contradiction's id; empty: neither
--   text    private  one example, in a report's words
--   hosts   count
--   times   count
SELECT kind, reason, MIN(text) AS text, SUM(hosts) AS hosts, SUM(times) AS times
FROM remark_count
GROUP BY kind, reason
ORDER BY kind, reason
