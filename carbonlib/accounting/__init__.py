"""Energy accounts of companies, and their sums."""

from carbonlib.accounting.account import account, company_account
from carbonlib.accounting.as_reported import AsReportedAccount, ReportedLine, as_reported
from carbonlib.accounting.chain import Chain
from carbonlib.accounting.model import AccountLine, EnergyAccount, Identity, MonthUse, Part, exact_sum

__all__ = [
    "AccountLine",
    "AsReportedAccount",
    "Chain",
    "EnergyAccount",
    "Identity",
    "MonthUse",
    "Part",
    "ReportedLine",
    "account",
    "as_reported",
    "company_account",
    "exact_sum",
]
