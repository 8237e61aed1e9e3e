"""Proposals in money: payback, present value, rate of return, cash against a loan, yen per t-CO2."""

from carbonlib.finance.abatement import AbatementCost, abatement_cost
from carbonlib.finance.cases import Cases, InvestmentCase, evaluate, low_base_high
from carbonlib.finance.cash import CashFlow, CashYear, cash_flow
from carbonlib.finance.flows import npv, present_value, yearly_flows
from carbonlib.finance.irr import Irr, irr
from carbonlib.finance.loan import Loan, LoanYear, annuity, loan, schedule
from carbonlib.finance.payback import (
    Payback,
    Paybacks,
    paybacks,
    simple_payback,
)
from carbonlib.finance.sales import equivalent_sales

__all__ = [
    "AbatementCost",
    "Cases",
    "CashFlow",
    "CashYear",
    "InvestmentCase",
    "Irr",
    "Loan",
    "LoanYear",
    "Payback",
    "Paybacks",
    "abatement_cost",
    "annuity",
    "cash_flow",
    "equivalent_sales",
    "evaluate",
    "irr",
    "loan",
    "low_base_high",
    "npv",
    "paybacks",
    "present_value",
    "schedule",
    "simple_payback",
    "yearly_flows",
]
