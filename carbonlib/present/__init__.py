"""How results look: each function returns one value that shows itself as HTML, SVG and typst.

Nothing here makes a number: values come from the layers below, and are rounded here, once.
"""

from carbonlib.present.account_tables import account_table, calculation_sheet, sites_table
from carbonlib.present.answer_sheet import answer_sheet
from carbonlib.present.attachments import attachments
from carbonlib.present.briefing import (
    activities_table,
    briefing_cover,
    briefing_findings,
    briefing_provenance,
    schedule_table,
)
from carbonlib.present.briefing_charts import industry_figure, size_figure, target_figure
from carbonlib.present.charts import shares_figure
from carbonlib.present.comparison import check_sheets, programme_comparison
from carbonlib.present.cover import cover
from carbonlib.present.end_uses import end_use_figure
from carbonlib.present.energy_demand import demand_figures
from carbonlib.present.energy_demand_cut import demand_cut_tables
from carbonlib.present.energy_night import night_figures, night_tables
from carbonlib.present.energy_weather import weather_figures, weather_tables
from carbonlib.present.figure_sources import figure_provenance
from carbonlib.present.intensities import intensity_table
from carbonlib.present.legal_tables import legal_dates_table, menu_table
from carbonlib.present.management import management_radar
from carbonlib.present.monthly import monthly_figure, other_monthly_figures
from carbonlib.present.narrative import good_practices_list, overview_text, summary_text
from carbonlib.present.path import roadmap_figure, roadmap_steps
from carbonlib.present.proposal_bank import bank_pages
from carbonlib.present.proposal_curve import abatement_figure
from carbonlib.present.proposal_followup import followup_table
from carbonlib.present.proposal_investment import investment_figure
from carbonlib.present.proposal_office import office_pages, papers_missing
from carbonlib.present.proposal_sheets import proposal_sheets
from carbonlib.present.proposal_summary import (
    proposals_table,
    reductions_table,
    sales_equivalent,
    sales_sentence,
)
from carbonlib.present.proposal_waterfall import waterfall_figure
from carbonlib.present.sources import factors_table, findings_table, provenance_table
from carbonlib.present.trend import trend_figure

__all__ = [
    "abatement_figure",
    "account_table",
    "activities_table",
    "answer_sheet",
    "attachments",
    "bank_pages",
    "briefing_cover",
    "briefing_findings",
    "briefing_provenance",
    "calculation_sheet",
    "check_sheets",
    "cover",
    "demand_cut_tables",
    "demand_figures",
    "end_use_figure",
    "factors_table",
    "figure_provenance",
    "findings_table",
    "followup_table",
    "good_practices_list",
    "industry_figure",
    "intensity_table",
    "investment_figure",
    "legal_dates_table",
    "management_radar",
    "menu_table",
    "monthly_figure",
    "night_figures",
    "night_tables",
    "office_pages",
    "other_monthly_figures",
    "overview_text",
    "papers_missing",
    "programme_comparison",
    "proposal_sheets",
    "proposals_table",
    "provenance_table",
    "reductions_table",
    "roadmap_figure",
    "roadmap_steps",
    "sales_equivalent",
    "sales_sentence",
    "schedule_table",
    "shares_figure",
    "sites_table",
    "size_figure",
    "summary_text",
    "target_figure",
    "trend_figure",
    "waterfall_figure",
    "weather_figures",
    "weather_tables",
]
