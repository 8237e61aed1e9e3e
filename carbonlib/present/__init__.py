"""How results look: each function returns one value that shows itself as HTML, SVG and typst.

Nothing here makes a number: values come from the layers below, and are rounded here, once.
"""

from carbonlib.present.account_tables import account_table, calculation_sheet, sites_table
from carbonlib.present.attachments import attachments
from carbonlib.present.briefing import (
    activities_table,
    briefing_cover,
    briefing_findings,
    briefing_provenance,
    schedule_table,
)
from carbonlib.present.briefing_charts import industry_figure, size_figure, target_figure
from carbonlib.present.charts import monthly_figure, other_monthly_figures, shares_figure
from carbonlib.present.cover import cover
from carbonlib.present.sources import factors_table, findings_table, provenance_table

__all__ = [
    "account_table",
    "activities_table",
    "attachments",
    "briefing_cover",
    "briefing_findings",
    "briefing_provenance",
    "calculation_sheet",
    "cover",
    "factors_table",
    "findings_table",
    "industry_figure",
    "monthly_figure",
    "other_monthly_figures",
    "provenance_table",
    "schedule_table",
    "shares_figure",
    "sites_table",
    "size_figure",
    "target_figure",
]
