-- SPDX-FileCopyrightText: 2026 The hostcap authors
-- SPDX-License-Identifier: Apache-2.0

-- Inputs that were refused.
--   source  private  where it was found
--   reason  public
--   detail  private
--   digest  private  SHA-256 of its bytes
SELECT source, reason, detail, digest
FROM rejected
ORDER BY source, reason, detail, digest
