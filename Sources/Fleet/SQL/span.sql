-- SPDX-FileCopyrightText: 2026 The hostcap authors
-- SPDX-License-Identifier: Apache-2.0

-- The time that reports are of.
--   oldest   day    of the first report; empty: there is none
--   newest   day    of the last
--   reports  count
SELECT COALESCE(MIN(observed_at), '') AS oldest, COALESCE(MAX(observed_at), '') AS newest, COUNT(*) AS reports
FROM report
