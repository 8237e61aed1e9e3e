"""Subsidies: an application against the rules of a round, and a budget against applications."""

from carbonlib.records.subsidy_round import AwardRule, Request, Round
from carbonlib.subsidies.application import Application, CostLine
from carbonlib.subsidies.award import STATE_LABELS, AwardLine, Awards, award, request_of
from carbonlib.subsidies.grant import EligibleLine, Grant, grant_of
from carbonlib.subsidies.matching import VERDICT_LABELS, Matcher, SubsidyOffer, Verdict, match
from carbonlib.subsidies.outcome import STATUS_LABELS, RuleOutcome
from carbonlib.subsidies.reduction import OwnFactors, whole_kwh

__all__ = [
    "STATE_LABELS",
    "STATUS_LABELS",
    "VERDICT_LABELS",
    "Application",
    "AwardLine",
    "AwardRule",
    "Awards",
    "CostLine",
    "EligibleLine",
    "Grant",
    "Matcher",
    "OwnFactors",
    "Request",
    "Round",
    "RuleOutcome",
    "SubsidyOffer",
    "Verdict",
    "award",
    "grant_of",
    "match",
    "request_of",
    "whole_kwh",
]
