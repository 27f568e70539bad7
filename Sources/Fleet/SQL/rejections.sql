-- SPDX-FileCopyrightText: 2026 The hostcap authors
-- SPDX-License-Identifier: Apache-2.0

-- How many inputs were refused, and why.
--   reason  public
--   inputs  count
SELECT reason, COUNT(*) AS inputs
FROM rejected
GROUP BY reason
ORDER BY reason
