"""Paper: fonts, styles, page and blocks of every PDF; knows no feature, draws plain text only."""

from reportlab import rl_config

# Before anything of ReportLab reads them: no colour is ever evaluated from a text
# (CVE-2019-17626, CVE-2023-33733), nothing is ever fetched, and streams stay binary.
rl_config.toColorCanUse = None  # type: ignore[assignment]
rl_config.trustedHosts = []
rl_config.trustedSchemes = []
rl_config.useA85 = 0
